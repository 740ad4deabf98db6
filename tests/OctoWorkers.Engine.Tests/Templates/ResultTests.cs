using OctoWorkers.Engine.Templates;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class ResultTests
{
    [Fact]
    public void GivenNamesThatAreNotThere_WhenEvaluated_ThenEachIsToldOnceInOrder()
    {
        TemplateResult result = Evaluating.Result("#{B}#{A}#{b}#{C | ToUpper}#{D[#{E}]}", ("C", "#{F}"));
        Assert.Equal("#{B}#{A}#{b}#{F}#{D[#{E}]}", result.Text);
        Assert.Equal(["B", "A", "F", "E"], result.Unresolved);
    }

    [Fact]
    public void GivenMissingNamesInConditions_WhenEvaluated_ThenTheyAreFalseAndNotTold()
    {
        TemplateResult result = Evaluating.Result("#{if A}1#{/if}#{if A == B}2#{/if}#{each x in C}3#{/each}#{if A == \"\"}4#{/if}");
        Assert.Equal("24", result.Text);
        Assert.Empty(result.Unresolved);
    }

    [Fact]
    public void GivenValues_WhenLookedAt_ThenTheResultNamesThemAndNoOthers()
    {
        TemplateResult result = Evaluating.Result(
            "#{A}#{if B == \"x\"}#{C}#{/if}#{J.K}#{each x in L}#{x.P}#{/each}",
            ("A", "#{Inner}"), ("Inner", "1"), ("B", "y"), ("C", "2"), ("J", "{\"K\": 1}"), ("L[a].P", "3"), ("Unused", "4"));
        Assert.Equal(["A", "B", "Inner", "J", "L[a].P"], result.Used.Order(StringComparer.Ordinal));
        Assert.Contains("inner", result.Used);
    }

    [Fact]
    public void GivenAFilterThatCannotBeApplied_WhenEvaluated_ThenTheProblemNamesItAndNoValue()
    {
        TemplateResult result = Evaluating.Result("ab #{S | FromBase64}\n#{S | Nope}", ("S", "se-cret"));
        Assert.Equal("ab #{S | FromBase64}\n#{S | Nope}", result.Text);
        Assert.Equal(["line 1, column 10: the filter FromBase64 was given", "line 2, column 7: there is no filter Nope,"], result.Problems.Select(problem => string.Join(' ', problem.ToString().Split(' ').Take(9))));
        Assert.DoesNotContain(result.Problems, problem => problem.Message.Contains("se-cret", StringComparison.Ordinal));
    }

    [Fact]
    public void GivenManyProblems_WhenEvaluated_ThenAHundredAreTold()
        => Assert.Equal(100, Evaluating.Result(string.Concat(Enumerable.Repeat("#{ ", 1_000))).Problems.Count);

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("No", false)]
    [InlineData("FALSE", false)]
    [InlineData("1", true)]
    [InlineData("00", true)]
    [InlineData("off", true)]
    [InlineData(" ", true)]
    [InlineData("true", true)]
    public void GivenAText_WhenAskedForItsTruth_ThenItIsAsDocumented(string? text, bool expected)
    {
        Assert.Equal(expected, TemplateTruth.IsTruthy(text));
        (string, string)[] values = text is null ? [] : [("X", text)];
        Assert.Equal(expected, Evaluating.Text("#{if X}yes#{/if}", values) == "yes");
        Assert.Equal(expected, Evaluating.Text("#{unless X}no#{/unless}", values) != "no");
        Assert.Equal(expected, TemplateTruth.IsTruthy(Evaluating.Result("#{X}", values)));
    }
}
