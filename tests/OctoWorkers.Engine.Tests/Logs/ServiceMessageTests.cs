using System.Text;
using OctoWorkers.Engine.Logs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Logs;

public sealed class ServiceMessageTests
{
    [Fact]
    public void GivenOutputVariables_WhenSet_ThenTheyAreEventsAndTheTextAroundThemIsKept()
    {
        OutputPipe pipe = new OutputPipe().Take($"before {Set("A", "1")} after\n{Set("B", "größe\n2")}\n").End();
        Assert.Equal([(LogLevel.Information, "before "), (LogLevel.Information, " after")], pipe.Lines);
        Assert.Equal([("A", "1"), ("B", "größe\n2")], pipe.Events.Cast<OutputVariableSet>().Select(set => (set.Name, set.Value!)));
    }

    [Fact]
    public void GivenMessages_WhenTheyComeInAnyPieces_ThenNothingChanges()
    {
        string text = $"a\r\n{Set("A", "s3cret-value", sensitive: true)}\r\nthe s3cret-value\nx{Message("stdout-warning")}y\nz\n{Message("progress", ("percentage", "50"), ("message", "half of s3cret-value"))}\nlast";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            foreach (bool takesOver in (bool[])[false, true])
            {
                OutputPipe pipe = new OutputPipe().Take(bytes.AsSpan(0, cut));
                pipe = (takesOver ? pipe.TakeOver() : pipe).Take(bytes.AsSpan(cut)).End();
                Assert.Equal(
                    [
                        (LogLevel.Information, "a"), (LogLevel.Information, "the ********"), (LogLevel.Information, "x"), (LogLevel.Warning, "y"),
                        (LogLevel.Warning, "z"), (LogLevel.Warning, "last"),
                    ],
                    pipe.Lines);
                Assert.Equal(["SecretRegistered", "OutputVariableSet", "ProgressReported"], pipe.Events.Select(happened => happened.GetType().Name));
                OutputVariableSet set = pipe.Events.OfType<OutputVariableSet>().Single();
                Assert.Null(set.Value);
                Assert.Equal("s3cret-value", pipe.Open(set.Sealed));
                Assert.Equal("half of ********", pipe.Events.OfType<ProgressReported>().Single().Message);
            }
        }
    }

    [Theory]
    [InlineData("stdout-verbose", LogLevel.Verbose)]
    [InlineData("stdout-warning", LogLevel.Warning)]
    [InlineData("stdout-error", LogLevel.Error)]
    [InlineData("stdout-highlight", LogLevel.Highlight)]
    [InlineData("stdout-wait", LogLevel.Wait)]
    [InlineData("stdout-default", LogLevel.Information)]
    public void GivenALevel_WhenLinesFollow_ThenTheyHaveIt(string name, LogLevel level)
        => Assert.Equal(
            [(level, "x"), (level, "y"), (LogLevel.Information, "z")],
            new OutputPipe().Take($"{Message(name)}\nx\n").TakeOver().Take($"y\n{Message("stdout-default")}z\n").End().Lines);

    [Fact]
    public void GivenIgnoredOutput_WhenItIsLong_ThenNothingOfItIsKept()
        => Assert.Equal(
            [(LogLevel.Information, "seen")],
            new OutputPipe().Take($"{Message("stdout-ignore")}\n{new string('x', 200_000)}\ny\n{Message("stdout-default")}\nseen\n").End().Lines);

    [Theory]
    [InlineData("##octopus[unknown a='YQ==']", null)]
    [InlineData("##octopus[]", null)]
    [InlineData("##octopus[setVariable name='QQ==' value='MQ=='", null)]
    [InlineData("##octopus[setVariable name='QQ==' value='%%%']", "'value' is not base64")]
    [InlineData("##octopus[setVariable name='QQ==' value='YWJj=']", "'value' is not base64")]
    [InlineData("##octopus[setVariable name='QQ==']", "'value' is missing")]
    [InlineData("##octopus[setVariable name=QQ==]", "between quotes")]
    [InlineData("##octopus[progress percentage='YQ==']", "not a number")]
    [InlineData("##octopus[createArtifact path='']", "'path' is empty")]
    public void GivenABrokenMessage_WhenItIsPrinted_ThenItIsTextAndTheLogSaysWhy(string text, string? warning)
    {
        OutputPipe pipe = new OutputPipe().Take($"a {text} b\n").End();
        Assert.Contains((LogLevel.Information, $"a {text} b"), pipe.Lines);
        Assert.Equal(warning is null ? 1 : 2, pipe.Lines.Count);
        Assert.True(warning is null || (pipe.Lines[0].Level == LogLevel.Warning && pipe.Lines[0].Text.Contains(warning, StringComparison.Ordinal)), pipe.Lines[0].Text);
        Assert.Empty(pipe.Events);
    }

    [Theory]
    [InlineData(6 * 1024 * 1024 - 100, true)]
    [InlineData(6 * 1024 * 1024 + 100, false)]
    public void GivenAMessageOfAboutEightMebibytes_WhenPrinted_ThenOnlyWhatIsAllowedIsCarriedOut(int length, bool isCarriedOut)
    {
        string value = new('v', length);
        byte[] bytes = Encoding.UTF8.GetBytes($"text {Set("A", value)} more\n");
        OutputPipe pipe = new();
        foreach (byte[] part in bytes.Chunk(65_536))
        {
            pipe.Take(part);
        }

        pipe.End();
        Assert.Equal(isCarriedOut ? [value] : [], pipe.Events.Cast<OutputVariableSet>().Select(set => set.Value!));
        if (isCarriedOut)
        {
            Assert.Equal(["text ", " more"], pipe.Lines.Select(line => line.Text));
        }
        else
        {
            Assert.Contains("longer than 8 MiB", pipe.Lines[0].Text, StringComparison.Ordinal);
            Assert.Equal(Encoding.UTF8.GetString(bytes).TrimEnd(), pipe.Lines[1].Text);
        }
    }

    [Fact]
    public void GivenALongLineAroundAMessage_WhenItComesInPieces_ThenAllOfItIsKept()
    {
        string before = new('a', 150_000);
        string after = new('b', 150_000);
        byte[] bytes = Encoding.UTF8.GetBytes($"{before}{Set("A", "1")}{after}{Set("B", "2")}\nnext\n");
        foreach (int size in (int[])[1000, 65_536, 65_537, 1_000_000])
        {
            foreach (bool takesOver in (bool[])[false, true])
            {
                OutputPipe pipe = new();
                foreach (byte[] part in bytes.Chunk(size))
                {
                    pipe.Take(part);
                    pipe = takesOver ? pipe.TakeOver() : pipe;
                }

                // The first message of a line is one, the second is text.
                Assert.Equal([before, after + Set("B", "2"), "next"], pipe.End().Lines.Select(line => line.Text));
                Assert.Equal(["A"], pipe.Events.Cast<OutputVariableSet>().Select(set => set.Name));
            }
        }
    }

    [Fact]
    public void GivenShortValues_WhenTheyAreToBeMasked_ThenTheLogWarns()
    {
        OutputPipe pipe = new OutputPipe().Take($"{Message("mask", ("value", "abc"))}\n{Set("A", "xy", sensitive: true)}\nabc\n").End();
        Assert.Equal([LogLevel.Warning, LogLevel.Warning, LogLevel.Information], pipe.Lines.Select(line => line.Level));
        Assert.Equal("xy", pipe.Open(pipe.Events.OfType<OutputVariableSet>().Single().Sealed));
        Assert.Equal("abc", pipe.Lines[2].Text);
    }

    [Fact]
    public void GivenAValueWithASecretInIt_WhenItIsSetAsAnOutputVariable_ThenItIsSealed()
    {
        OutputPipe pipe = new OutputPipe(["hunter22"]).Take($"{Set("A hunter22", "user=me;password=hunter22")}\n{Message("createArtifact", ("path", "/tmp/hunter22.txt"))}\n").End();
        OutputVariableSet set = pipe.Events.OfType<OutputVariableSet>().Single();
        Assert.Equal(("A ********", null, "user=me;password=hunter22"), (set.Name, set.Value, pipe.Open(set.Sealed)));
        ArtifactAnnounced artifact = pipe.Events.OfType<ArtifactAnnounced>().Single();
        Assert.Equal((1, "********.txt", "/tmp/hunter22.txt"), (artifact.Number, artifact.Name, pipe.Open(artifact.Path)));
    }

    [Fact]
    public void GivenMessagesOnStandardError_WhenPrinted_ThenTheyAreText()
        => Assert.Equal([(LogLevel.Error, Set("A", "1"))], new OutputPipe(isError: true).Take(Set("A", "1") + "\n").End().Lines);

    private static string Set(string name, string value, bool sensitive = false)
        => sensitive ? Message("setVariable", ("name", name), ("value", value), ("sensitive", "True")) : Message("setVariable", ("name", name), ("value", value));

    private static string Message(string name, params (string Name, string Value)[] attributes)
        => $"##octopus[{name}{string.Concat(attributes.Select(attribute => $" {attribute.Name}='{Convert.ToBase64String(Encoding.UTF8.GetBytes(attribute.Value))}'"))}]";
}
