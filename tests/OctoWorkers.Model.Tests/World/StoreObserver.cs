using Microsoft.Data.Sqlite;

namespace OctoWorkers.Model.Tests.World;

/// <summary>Looks at the store's file, from outside, at one moment at a time.</summary>
internal sealed class StoreObserver : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public StoreObserver(string path)
    {
        connection = new($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
    }

    /// <summary>Another number than before when something has changed.</summary>
    public long Version => (long)Command("PRAGMA data_version").ExecuteScalar()!;

    /// <summary>The version at which the store was looked at as a whole; 0: never.</summary>
    public long Seen { get; set; }

    /// <summary>What queries say at one moment: the first column of all rows of each.</summary>
    public IReadOnlyList<string> At(IEnumerable<string> queries)
    {
        Command("BEGIN").ExecuteNonQuery();
        try
        {
            return [.. queries.SelectMany(Texts).ToArray()];
        }
        finally
        {
            Command("ROLLBACK").ExecuteNonQuery();
        }
    }

    /// <summary>All that the witness saw, in order.</summary>
    public IReadOnlyList<WitnessEntry> Witness()
    {
        using SqliteDataReader reader = Command("SELECT kind, run, data FROM witness ORDER BY id").ExecuteReader();
        List<WitnessEntry> entries = [];
        while (reader.Read())
        {
            entries.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetString(2)));
        }

        return entries;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private List<string> Texts(string query)
    {
        using SqliteDataReader reader = Command(query).ExecuteReader();
        List<string> texts = [];
        while (reader.Read())
        {
            texts.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        }

        return texts;
    }

    // Each is prepared once: most of what it takes to look is that.
    private SqliteCommand Command(string text)
    {
        if (!prepared.TryGetValue(text, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are the tests' own.
            command.CommandText = text;
#pragma warning restore CA2100
            prepared.Add(text, command);
        }

        return command;
    }
}
