using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Logs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Logs;

public sealed class StreamLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\rb\n", "a\rb")]
    [InlineData("\n\n\n", "||")]
    [InlineData("one\ntwo", "one|two")]
    public void GivenOutput_WhenSplit_ThenLinesAreAsWritten(string output, string expected)
    {
        string[] lines = expected.Length == 0 && output.Length == 0 ? [] : expected.Split('|');
        Assert.Equal(lines, Split(Encoding.UTF8.GetBytes(output), []));
    }

    [Fact]
    public void GivenInvalidUtf8_WhenSplit_ThenItIsReplacedAndTheRestIsKept()
    {
        Assert.Equal(["a\uFFFDb", "c"], Split([.. "a"u8, 0xFF, .. "b\nc"u8], []));
    }

    [Fact]
    public void GivenALineOver64KiB_WhenSplit_ThenItIsCutBetweenCharactersAndMarked()
    {
        string text = "x" + string.Concat(Enumerable.Repeat("é", 70_000));
        IReadOnlyList<LogChunk> chunks = new OutputPipe().Take(text + "\n").Chunks;
        Assert.Equal([true, true, false], chunks.Select(chunk => chunk.Continues));
        Assert.All(chunks, chunk => Assert.True(chunk.Text.Length <= TextLines.MaxLine + 1));
        Assert.Equal(text, string.Concat(chunks.Select(chunk => Encoding.UTF8.GetString(chunk.Text.Span).TrimEnd('\n'))));
        Assert.Equal([1L, 2L, 3L], chunks.Select(chunk => chunk.FirstNumber));
    }

    [Fact]
    public void GivenTenMillionEmptyLines_WhenSplit_ThenAllAreCounted()
    {
        OutputPipe pipe = new();
        byte[] empty = new byte[100_000];
        Array.Fill(empty, (byte)'\n');
        long lines = 0;
        for (int i = 0; i < 100; i++)
        {
            lines += pipe.Take(empty).Chunks[^1].LineCount;
        }

        Assert.Equal(10_000_000, lines);
    }

    // However the bytes arrive, and wherever a splitter is stored and taken up again, the lines are the same.
    [Fact]
    public void GivenAnyOutput_WhenItArrivesInAnyPieces_ThenTheLinesAreTheSame()
    {
        Gen<byte> alphabet = Gen.Elements<byte>((byte)'a', (byte)'\n', (byte)'\r', 0xC3, 0xA9, 0xFF, 0xF0, 0x9F, 0x98, 0x80, 0);
        Arbitrary<(byte[] Bytes, int[] Cuts)> cases = (from bytes in Gen.ArrayOf(alphabet)
                                                       from cuts in Gen.ArrayOf(Gen.Choose(0, Math.Max(1, bytes.Length)))
                                                       select (bytes, cuts)).ToArbitrary();
        Prop.ForAll(cases, given => Split(given.Bytes, given.Cuts).SequenceEqual(Split(given.Bytes, []))).QuickCheckThrowOnFailure();
    }

    private static List<string> Split(byte[] bytes, int[] cuts)
    {
        OutputPipe pipe = new();
        int start = 0;
        foreach (int cut in cuts.Where(cut => cut <= bytes.Length).Order().Append(bytes.Length))
        {
            pipe.Take(bytes.AsSpan(start, cut - start)).TakeOver();
            start = cut;
        }

        return [.. pipe.End().Lines.Select(line => line.Text)];
    }
}
