using System.Text.RegularExpressions;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Sealed texts in any column of any table: they are known by their form, so that none is forgotten that a later table holds.</summary>
internal static partial class SealedTexts
{
    private const string Function = "octoworkers_reseal";

    internal static IReadOnlyDictionary<string, int> Count(SqliteSession session)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach ((string table, string column) in Columns(session))
        {
            session.Each(
                $"SELECT \"{column}\" FROM \"{table}\" WHERE {Holds(column)}",
                row =>
                {
                    foreach (Match token in Token.Matches(row.GetString(0)))
                    {
                        string key = token.Groups["key"].Value;
                        counts[key] = counts.GetValueOrDefault(key) + 1;
                    }

                    return true;
                });
        }

        return counts;
    }

    internal static int Change(SqliteSession session, Func<SealedText, SealedText> change)
    {
        int changed = 0;
        session.Define(Function, text => Token.Replace(text, token =>
        {
            string other = change(new(token.Value)).Token;
            changed += other == token.Value ? 0 : 1;
            return other;
        }));
        foreach ((string table, string column) in Columns(session))
        {
            session.Execute($"UPDATE \"{table}\" SET \"{column}\" = {Function}(\"{column}\") WHERE {Holds(column)}");
        }

        return changed;
    }

    private static string Holds(string column) => $"typeof(\"{column}\") = 'text' AND instr(\"{column}\", '{SealedText.Prefix}') > 0";

    // The audit holds none, and none of its entries may be changed.
    private static List<(string Table, string Column)> Columns(SqliteSession session)
        => session.Query(
            """
            SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name <> 'audit' AND m.name NOT LIKE 'sqlite%' AND c.type = 'TEXT' AND c.pk = 0
            """,
            static row => (row.GetString(0), row.GetString(1)));

    [GeneratedRegex(@"ow1\.(?<key>[0-9a-f]{12})\.[A-Za-z0-9_-]{38,}", RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }
}
