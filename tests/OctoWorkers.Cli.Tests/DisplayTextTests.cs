using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Logs;

namespace OctoWorkers.Cli.Tests;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("worker 1 é 😀 $(x) \"q\"", "worker 1 é 😀 $(x) \"q\"")]
    [InlineData("a\u001b[31mb", "\"a\\u001b[31mb\"")]
    [InlineData("a\nb\tc", "\"a\\nb\\tc\"")]
    [InlineData("a\u009b2J", "\"a\\u009b2J\"")]
    [InlineData("a\u202eb", "\"a\\u202eb\"")]
    [InlineData("a\u061cb", "\"a\\u061cb\"")]
    [InlineData("a\u200eb\u200fc", "\"a\\u200eb\\u200fc\"")]
    [InlineData("a\u2028b\u2029c", "\"a\\u2028b\\u2029c\"")]
    [InlineData("a\u2066b\u2069c", "\"a\\u2066b\\u2069c\"")]
    [InlineData("👩\u200d💻", "👩\u200d💻")]
    public void GivenName_WhenShown_ThenNothingInItControlsTheTerminal(string name, string shown)
        => Assert.Equal(shown, DisplayText.Of(name));

    [Fact]
    public void GivenLogLine_WhenShown_ThenTabsStayAndEscapesDoNot()
        => Assert.Equal("a\tb\\u001b[0m\\r", DisplayText.Line("a\tb\u001b[0m\r"));

    [Fact]
    public void GivenControlCharacters_WhenWrittenAsJson_ThenTheyAreEscapedAndReadBackTheSame()
    {
        const string Text = "a\u001b\u007f\u009b\u0085z😀\n";
        using StringWriter written = new(CultureInfo.InvariantCulture);
        using (JsonTextWriter json = JsonOutput.Open(written, isIndented: false))
        {
            json.WriteValue(Text);
        }

        Assert.DoesNotContain(written.ToString(), char.IsControl);
        Assert.Equal(Text, JToken.Parse(written.ToString()).Value<string>());
    }

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(1_500, "1.5 s")]
    [InlineData(61_000, "1 min 1 s")]
    [InlineData(7_500_000, "2 h 5 min")]
    public void GivenLengthOfTime_WhenShown_ThenInAFittingUnit(int milliseconds, string shown)
        => Assert.Equal(shown, Words.Of(TimeSpan.FromMilliseconds(milliseconds)));
}
