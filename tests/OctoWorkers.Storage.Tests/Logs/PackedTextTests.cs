using System.Text;
using Microsoft.Data.Sqlite;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Storage.Logs;
using OctoWorkers.Storage.Tests.Contract;
using Xunit;

namespace OctoWorkers.Storage.Tests.Logs;

public sealed class PackedTextTests : StoreContract<SqliteStoreFactory>
{
    [Theory]
    [InlineData(9_000)]
    [InlineData(1_048_576)]
    [InlineData(3_000_001)]
    public void GivenLinesThatAreAlike_WhenPacked_ThenTheyAreMuchShorterAndComeBackAsTheyWere(int length)
    {
        byte[] text = Encoding.UTF8.GetBytes(Lines(length));
        byte[]? packed = PackedText.Pack(text);
        Assert.NotNull(packed);
        Assert.InRange(packed.Length, 1, length / 3);
        Assert.Equal(text, PackedText.Unpack(packed, text.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8_000)]
    public void GivenLittleText_WhenPacked_ThenItStaysAsItIs(int length) => Assert.Null(PackedText.Pack(Encoding.UTF8.GetBytes(Lines(length))));

    [Theory]
    [InlineData(20_000)]
    [InlineData(1_000_000)]
    public void GivenNoise_WhenPacked_ThenItStaysAsItIs(int length)
    {
        byte[] noise = new byte[length];
        new Random(7).NextBytes(noise);
        Assert.Null(PackedText.Pack(Encoding.UTF8.GetBytes(Convert.ToBase64String(noise))));
    }

    [Fact]
    public void GivenDamagedText_WhenUnpacked_ThenItIsSaid()
    {
        byte[] packed = PackedText.Pack(Encoding.UTF8.GetBytes(Lines(20_000)))!;
        Assert.Equal(EngineError.StoreCorrupt, Assert.Throws<OctoWorkersException>(() => PackedText.Unpack(packed.AsSpan(0, packed.Length / 2), 20_000)).Error);
        Assert.Equal(EngineError.StoreCorrupt, Assert.Throws<OctoWorkersException>(() => PackedText.Unpack(packed, 20_001)).Error);
        Assert.Equal(EngineError.StoreCorrupt, Assert.Throws<OctoWorkersException>(() => PackedText.Unpack(packed, -1)).Error);
    }

    [Fact]
    public async Task GivenAPieceThatIsDamaged_WhenTheStoreIsExamined_ThenItsRunIsNamed()
    {
        RunRecord run = await CreateRunAsync();
        await Store.CommitAsync(new(run.Id, run.FencingToken) { Log = [Sample.Chunk(1, Lines(20_000) + "\n")], At = Sample.Now }, Cancel);
        ArtifactFolder artifacts = new(Factory.Folder);
        Assert.True((await Store.ExamineAsync(artifacts, Cancel)).IsSound);
        using (SqliteConnection connection = new($"Data Source={Factory.File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE log_chunks SET text = x'00'";
            command.ExecuteNonQuery();
        }

        Assert.Equal([$"The log of {run.Id} has a piece that cannot be unpacked."], (await Store.ExamineAsync(artifacts, Cancel)).Problems);
    }

    private static string Lines(int length)
    {
        StringBuilder lines = new();
        for (int number = 0; lines.Length < length; number++)
        {
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"2026-01-01T00:00:{number % 60:00}Z INFO request {number} was handled in {number * 7919 % 500} ms\n");
        }

        return lines.ToString(0, length);
    }
}
