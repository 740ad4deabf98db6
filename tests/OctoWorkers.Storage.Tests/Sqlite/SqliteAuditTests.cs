using Microsoft.Data.Sqlite;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class SqliteAuditTests : AuditContract<SqliteStoreFactory>
{
    [Theory]
    [InlineData("UPDATE audit SET who = 'somebody else'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("REPLACE INTO audit (id, at, who, action, subject, details) VALUES (1, 0, 'x', 'RunRemoved', 'x', '')")]
    public async Task GivenEntries_WhenSomebodyWritesToTheFileItself_ThenTheyStay(string sql)
    {
        await Store.SetSettingAsync("taskCap", "3", Cancel);
        using SqliteConnection connection = new($"Data Source={Path.Combine(Store.Location, "octoworkers.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Contains("never", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
        Assert.Equal("setting 'taskCap'", Assert.Single(await Store.GetAuditAsync(new(), Cancel)).Subject);
    }
}
