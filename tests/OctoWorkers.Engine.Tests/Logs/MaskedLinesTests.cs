using System.Text;
using Xunit;

namespace OctoWorkers.Engine.Tests.Logs;

public sealed class MaskedLinesTests
{
    private static readonly string[] Secrets = ["hunter22", "hunter2222-and-more", "xyxyxy", "pass wörd/with+everything\"", "line one\nline two of it\nend"];

    [Fact]
    public void GivenSecretsInLines_WhenTheyComeInAnyTwoPieces_ThenTheyAreMasked()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("a hunter22 b\nhunter2222-and-more\r\nxyxyxyxy pass wörd/with+everything\"\nline two of it\nend line one\nlast hunter22");
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            foreach (bool takesOver in (bool[])[false, true])
            {
                OutputPipe pipe = new OutputPipe(Secrets).Take(bytes.AsSpan(0, cut));
                pipe = takesOver ? pipe.TakeOver() : pipe;
                Assert.Equal(
                    ["a ******** b", "********", "******** ********", "********", "end ********", "last ********"],
                    pipe.Take(bytes.AsSpan(cut)).End().Lines.Select(line => line.Text));
            }
        }
    }

    // Wherever a line is cut, at every place a secret may have around the cut.
    [Fact]
    public void GivenASecretAcrossACutLine_WhenItIsRead_ThenNothingOfItIsLeft()
    {
        const string Secret = "pass wörd/with+everything\"";
        for (int place = 65_536 - 40; place <= 65_536 + 5; place++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes($"{new string('.', place)}{Secret}{new string('-', 70_000)}\nnext\n");
            foreach (int size in (int[])[place, place + 10, place + 20, 65_536, 200_000])
            {
                foreach (bool takesOver in (bool[])[false, true])
                {
                    OutputPipe pipe = new(Secrets);
                    foreach (byte[] part in bytes.Chunk(size))
                    {
                        pipe.Take(part);
                        pipe = takesOver ? pipe.TakeOver() : pipe;
                    }

                    Assert.Equal([$"{new string('.', place)}********{new string('-', 70_000)}", "next"], pipe.End().Lines.Select(line => line.Text));
                    Assert.All(pipe.Chunks, chunk => Assert.True(chunk.Text.Length <= Engine.Logs.TextLines.MaxLine + 1 + 6));
                }
            }
        }
    }

    [Fact]
    public void GivenALineOfNothingButASecretThatRepeatsItself_WhenItIsReadInPieces_ThenNothingOfItIsLeftAndLittleIsHeld()
    {
        foreach (int size in (int[])[1000, 65_536, 65_537, 99_999])
        {
            foreach (bool takesOver in (bool[])[false, true])
            {
                OutputPipe pipe = new(["xxxxx"]);
                byte[] bytes = Encoding.UTF8.GetBytes(new string('x', 1_000_003));
                foreach (byte[] part in bytes.Chunk(size))
                {
                    pipe.Take(part);
                    pipe = takesOver ? pipe.TakeOver() : pipe;
                    Assert.InRange(pipe.Held, 0, 200_000);
                }

                Assert.Equal(["********"], pipe.End().Lines.Select(line => line.Text));
            }
        }
    }

    [Fact]
    public void GivenAFinishedLine_WhenItMightBeginASecret_ThenItIsNotHeldBack()
    {
        OutputPipe pipe = new OutputPipe(Secrets).Take("ends with hunter2\n");
        Assert.Equal("ends with hunter2", Assert.Single(pipe.Lines).Text);
        Assert.Equal(0, pipe.Held);
    }

    [Fact]
    public void GivenASecretToldInTheMiddle_WhenLinesFollow_ThenTheyAreMaskedFromThere()
    {
        OutputPipe pipe = new OutputPipe().Take("new-secret\n");
        pipe.Secrets.Add("new-secret");
        Assert.Equal(["new-secret", "********"], pipe.Take("new-secret\n").End().Lines.Select(line => line.Text));
    }

    [Fact]
    public void GivenRandomOutput_WhenReadInRandomPiecesByOnesThatTakeOver_ThenNoSecretIsLeft()
    {
        Random random = new(42);
        string[] pieces = [.. Secrets.SelectMany(secret => secret.Split('\n')), "hunter", "xy", "é", ".", " ", "\n", "\r\n", new('-', 40_000), "##octo", "##octopus[", "]"];
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(_ => pieces[random.Next(pieces.Length)])));
            string whole = string.Join('\n', new OutputPipe(Secrets).Take(bytes).End().Lines.Select(line => line.Text));
            OutputPipe pipe = new(Secrets);
            for (int start = 0; start < bytes.Length;)
            {
                int length = Math.Min(random.Next(1, 60_000), bytes.Length - start);
                pipe.Take(bytes.AsSpan(start, length));
                pipe = random.Next(2) == 0 ? pipe.TakeOver() : pipe;
                start += length;
            }

            string text = string.Join('\n', pipe.End().Lines.Select(line => line.Text));
            Assert.Equal(whole, text);
            Assert.All(["hunter22", "xyxyxy", "pass wörd/with", "line one", "line two"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }
}
