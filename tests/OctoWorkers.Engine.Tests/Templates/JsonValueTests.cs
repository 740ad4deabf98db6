using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class JsonValueTests
{
    [Theory]
    [InlineData("""{"Town": "Hobart"}""", "#{J[Town]}", "Hobart")]
    [InlineData("""{"Town": "Hobart"}""", "#{J.Town}", "Hobart")]
    [InlineData("""{"A": {"B": {"C": 12}}}""", "#{J[A][B][C]}", "12")]
    [InlineData("""{"A": {"B": {"C": 12}}}""", "#{J.A[B].C}", "12")]
    [InlineData("""{"L": [{"N": "one"}, {"N": "two"}]}""", "#{J.L[1].N}", "two")]
    [InlineData("""{"A": {"B": "11"}}""", "#{J.A}", """{"B":"11"}""")]
    [InlineData("""{"L": [1, 2]}""", "#{J.L}", "[1,2]")]
    [InlineData("""{A: "#{J.B}", B: 12}""", "#{J.A}", "12")]
    [InlineData("""{"@type": "Thing"}""", "#{J.@type}#{J[@type]}", "ThingThing")]
    [InlineData("""{"When": "2026-05-04T12:00:00Z"}""", "#{J.When}", "2026-05-04T12:00:00Z")]
    [InlineData("""{"N": null}""", "<#{J.N}>", "<>")]
    [InlineData("""{"N": 1}""", "<#{J.Missing}>", "<>")]
    [InlineData("[2, 3]", "<#{J[2]}>", "<>")]
    [InlineData("[2, 3]", "#{each n in J}#{n};#{/each}", "2;3;")]
    [InlineData("""{"Small": "11.5", Large: 15.21}""", "#{each s in J}#{s}=#{s.Value},#{/each}", "Small=11.5,Large=15.21,")]
    [InlineData("""{"XL": {"Error": "gone"}}""", "#{each s in J}#{s.Key}: #{s.Value.Error}#{/each}", "XL: gone")]
    [InlineData("""{"L": [[1, 2], [3]]}""", "#{each row in J.L}#{each n in row}#{n}#{/each}|#{/each}", "12|3|")]
    [InlineData("""{"L": [{"N": "#{J.X}"}], "X": "deep"}""", "#{each i in J.L}#{i.N}#{/each}", "deep")]
    [InlineData("""{"N": null}""", "<#{each n in J.N}#{n}#{/each}>", "<>")]
    public void GivenJson_WhenANameGoesIntoIt_ThenItsElementIsTheValue(string json, string template, string expected)
        => Assert.Equal(expected, Evaluating.Text(template, ("J", json)));

    [Theory]
    [InlineData("{Name: NoQuotes}", "#{J.Name}")]
    [InlineData("12", "#{J.Name}")]
    [InlineData("{} {}", "#{J.Name}")]
    [InlineData("""{"A": {Small: "#{J.A.Large.Price}"}}"}""", "#{J.A.Small.Price}")]
    public void GivenNoJson_WhenANameGoesIntoIt_ThenItStays(string value, string template)
        => Assert.Equal(template, Evaluating.Text(template, ("J", value)));

    [Fact]
    public void GivenVariablesOfTheFullName_WhenLookedUp_ThenTheyComeBeforeTheJson()
    {
        (string, string)[] values = [("J.A", "own"), ("J", """{"A": "x", "B": "y", "C": {"D": 1}}"""), ("J[B]", "own too"), ("J.C.D", "and this")];
        Assert.Equal("own, own too, and this", Evaluating.Text("#{J.A}, #{J[B]}, #{J.C.D}", values));
    }

    [Fact]
    public void GivenJsonOfTemplates_WhenANameGoesIntoIt_ThenTheyAreEvaluatedFirst()
        => Assert.Equal("v v v", Evaluating.Text("#{J[k]} #{J.k} #{J[#{Key}]}", ("Key", "k"), ("Val", "v"), ("J", "{#{Key}: \"#{Val}\"}")));

    [Fact]
    public void GivenJsonThatDependsOnALoop_WhenEachPassAsks_ThenEachGetsItsOwn()
        => Assert.Equal("1;2;", Evaluating.Text("#{each x in L}#{J.A};#{/each}", ("L", "1,2"), ("J", "{\"B\": 1, #{K}: #{x}}"), ("K", "A")));

    [Theory]
    [InlineData("#{each x in J}#{x.Value};#{/each}")]
    [InlineData("#{each x in O.J}#{x.Value};#{/each}")]
    [InlineData("#{each o in O}#{each x in o}#{x.Value};#{/each}#{/each}")]
    [InlineData("#{each o in O}#{each x in o.Value}#{x.Value};#{/each}#{/each}")]
    public void GivenAValueWithQuotes_WhenAMemberStandsForIt_ThenTheLoopStillSeesTheJson(string template)
        => Assert.Equal("say \"hi, you\";2;", Evaluating.Text(
            template, ("Q", "say \"hi, you\""), ("J", "{\"A\": \"#{Q}\", \"B\": 2}"), ("O", "{\"J\": {\"A\": \"#{Q}\", \"B\": 2}}")));

    [Theory]
    [InlineData("#{each x in L}#{x};#{/each}", "#{A};b;")]
    [InlineData("#{each x in J}#{x};#{/each}", "#{A};")]
    [InlineData("#{each x in E}#{x.Value};#{/each}", "#{A};")]
    [InlineData("#{E.k}", "#{A}")]
    public void GivenAnEscapeInAValue_WhenThePartsAreUsed_ThenTheyAreNotEvaluatedAgain(string template, string expected)
        => Assert.Equal(expected, Evaluating.Text(template, ("A", "1"), ("K", "k"), ("L", "##{A},b"), ("J", "[\"##{A}\"]"), ("E", "{#{K}: \"##{A}\"}")));

    [Fact]
    public void GivenDeepJson_WhenANameGoesIntoIt_ThenItStays()
        => Assert.Equal("#{J.A}", Evaluating.Text("#{J.A}", ("J", "{\"A\":" + new string('[', 100_000) + new string(']', 100_000) + "}")));

    [Fact]
    public void GivenATemplateInAJsonText_WhenItsQuotesAreEscaped_ThenTheyAreQuotes()
        => Assert.Equal("""{"A":"yes"}""", Evaluating.Text("""{"A":"#{if X == \"a b\"}yes#{/if}"}""", ("X", "a b")));
}
