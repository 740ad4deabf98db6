using System.Globalization;
using System.Text;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Lists of runs, made from columns alone.</summary>
internal sealed class RunList
{
    // Only of a tenant that is gone the request is read, which holds whole scripts.
    private const string TenantName = """
        CASE WHEN tenant IS NULL THEN NULL ELSE coalesce(
            (SELECT name FROM tenants WHERE tenants.id = runs.tenant), (SELECT json_extract(request, '$.tenant.name') FROM run_requests WHERE run = runs.id)) END
        """;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly StringBuilder conditions = new();
    private readonly List<object?> values = [];

    private readonly CurrentWaits waits;

    private RunList(SqliteSession session) => waits = new(session);

    internal static IReadOnlyList<RunSummary> Read(SqliteSession session, RunFilter filter)
    {
        RunList list = new(session);
        list.Narrow("runbook_key =", filter.Runbook is { } runbook ? NameKey.Of(runbook) : null);
        list.Narrow("environment_key =", filter.Environment is { } environment ? NameKey.Of(environment) : null);
        list.Narrow("parent =", filter.Parent?.Number);
        list.Narrow("id <", filter.Before?.Number);
        if (filter.Statuses.Count > 0)
        {
            string places = string.Join(", ", filter.Statuses.Select(status => list.Value(EnumText<RunStatus>.Write(status))));
            list.And($"status IN ({places})");
        }

        if (filter.InQueueOrder)
        {
            list.And($"status = {list.Value(EnumText<RunStatus>.Write(RunStatus.Queued))}");
        }

        string sql = $"""
            SELECT id, runbook_name, environment_name, status, created, started, ended, created_by, parent, error, waits, priority, concurrency_tag, queue_expires,
                {TenantName}
            FROM runs {list.conditions} ORDER BY {(filter.InQueueOrder ? "queue_top DESC, priority DESC, id" : "id DESC")} LIMIT {list.Value(filter.Limit ?? -1)}
            """;
        return session.Query(sql, list.ReadRow, [.. list.values]);
    }

    private void Narrow(string comparison, object? value)
    {
        if (value is not null)
        {
            And($"{comparison} {Value(value)}");
        }
    }

    private void And(string condition) => conditions.Append(conditions.Length == 0 ? "WHERE " : " AND ").Append(condition);

    private string Value(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{values.Count}");
    }

    private RunSummary ReadRow(SqliteRow row)
    {
        RunId id = new(row.GetInt64(0));
        RunStatus status = EnumText<RunStatus>.Read(row.GetString(3));
        return new(
            id,
            Shared(row.GetString(1)),
            Shared(row.GetString(2)),
            status,
            row.Time(4),
            row.OptionalTime(5),
            row.OptionalTime(6),
            Shared(row.GetString(7)),
            row.OptionalNumber(8) is { } parent ? new RunId(parent) : null,
            row.OptionalText(9))
        {
            Waits = row.IsNull(6) ? waits.Of(id, status, WaitJson.Read(row.OptionalText(10))) : [],
            Priority = (RunPriority)row.GetInt64(11),
            ConcurrencyTag = row.OptionalText(12),
            QueueExpires = row.OptionalTime(13),
            Tenant = row.OptionalText(14) is { } tenant ? Shared(tenant) : null,
        };
    }

    // Thousands of runs have few runbooks, environments and users between them.
    private string Shared(string text)
    {
        if (!texts.TryGetValue(text, out string? known))
        {
            texts.Add(text, known = text);
        }

        return known;
    }
}
