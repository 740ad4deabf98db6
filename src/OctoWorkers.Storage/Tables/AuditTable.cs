using System.Globalization;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Who did what; triggers keep what was written once.</summary>
internal static class AuditTable
{
    internal static void Add(
        SqliteSession session, DateTimeOffset at, string who, AuditAction action, string subject, RunId? run = null, string details = "")
        => session.Execute(
            "INSERT INTO audit (at, who, action, subject, run, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            at.Stored(),
            who,
            EnumText<AuditAction>.Write(action),
            subject,
            run?.Number,
            details);

    /// <summary>A run was asked for, by somebody or by a step of another run.</summary>
    internal static void AddRequest(SqliteSession session, RunRecord run, DateTimeOffset at)
    {
        RunRequest request = run.Request;
        string by = request is { Parent: { } parent, ParentStep: { } step } ? string.Create(CultureInfo.InvariantCulture, $", by step {step} of {parent}") : "";
        Add(session, at, request.CreatedBy, AuditAction.RunRequested, run.Id.ToString(), run.Id, $"runbook '{request.Snapshot.Name}' in '{request.Environment.Name}'{(request.Tenant is { } tenant ? $" for tenant '{tenant.Name}'" : "")}{by}");
    }

    internal static IReadOnlyList<AuditEntry> Read(SqliteSession session, AuditFilter filter)
    {
        List<string> conditions = [];
        List<object?> values = [];
        void Narrow(string comparison, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                conditions.Add(string.Create(CultureInfo.InvariantCulture, $"{comparison} ?{values.Count}"));
            }
        }

        Narrow("at >=", filter.Since?.UtcTicks);
        Narrow("who =", filter.Who);
        Narrow("run =", filter.Run?.Number);
        values.Add(filter.Limit ?? -1);
        string where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        string sql = string.Create(
            CultureInfo.InvariantCulture, $"SELECT id, at, who, action, subject, run, details FROM audit {where} ORDER BY id DESC LIMIT ?{values.Count}");
        List<AuditEntry> entries = session.Query(sql, ReadRow, [.. values]);
        entries.Reverse();
        return entries;
    }

    private static AuditEntry ReadRow(SqliteRow row)
        => new(
            row.GetInt64(0),
            row.Time(1),
            row.GetString(2),
            EnumText<AuditAction>.Read(row.GetString(3)),
            row.GetString(4),
            row.OptionalNumber(5) is { } run ? new RunId(run) : null,
            row.GetString(6));
}
