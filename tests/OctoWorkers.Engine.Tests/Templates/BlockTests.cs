using OctoWorkers.Engine.Templates;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class BlockTests
{
    private static readonly (string, string)[] Steps =
    [
        ("Action[Build].Step", "One"), ("Action[Test].Step", "Two"), ("Step[One].Status", "Skipped"), ("Step[Two].Status", "Running"),
    ];

    [Theory]
    [InlineData("#{each a in Action}#{if Step[#{a.Step}].Status != \"Skipped\"}#{a}#{/if}#{/each}", "Test")]
    [InlineData("#{each Action in Action}#{Action.Step} #{/each}", "One Two ")]
    [InlineData("#{each a in Action}#{each b in Action}#{a}#{b}#{if Octopus.Template.Each.Last == \"False\"},#{/if}#{/each};#{/each}", "BuildBuild,BuildTest;TestBuild,TestTest;")]
    [InlineData("#{each a in Action}#{a.Size}#{/each}", "#{a.Size}#{a.Size}")]
    [InlineData("#{each a in Nothing}x#{/each}", "")]
    [InlineData("#{each a in Step[*].Status}#{a}#{/each}", "Skipped")]
    [InlineData("#{unless Action}a#{else}b#{/unless}", "a")]
    [InlineData("#{ if Nothing }a#{ else }b#{ /if }", "b")]
    public void GivenABlock_WhenEvaluated_ThenItIsAsDocumented(string template, string expected)
        => Assert.Equal(expected, Evaluating.Text(template, Steps));

    [Fact]
    public void GivenAnIndexWithAValueOfItsOwn_WhenIterated_ThenTheValueIsShown()
        => Assert.Equal("one,b,", Evaluating.Text("#{each a in L}#{a},#{/each}", ("L[a]", "one"), ("L[b].X", "two")));

    [Fact]
    public void GivenAValueThatNamesTheLoopsVariable_WhenIterated_ThenEachPassHasItsOwn()
        => Assert.Equal("<1><2>", Evaluating.Text("#{each n in L}#{Shown}#{/each}", ("L", "1,2"), ("Shown", "<#{Inner}>"), ("Inner", "#{n}")));

    [Fact]
    public void GivenAnIndexThatIsNotThere_WhenItsVariableIsTheOneAsked_ThenItStays()
        => Assert.Equal("#{V[#{i}]}", Evaluating.Text("#{V}", ("V", "#{V[#{i}]}"), ("i", "x")));

    [Theory]
    [InlineData("#{if A}x #{B}", "#{if A}x b", 1, 1, "this if has no #{/if}")]
    [InlineData("a\n  #{each x in L}#{B}", "a\n  #{each x in L}b", 2, 3, "this each has no #{/each}")]
    [InlineData("#{if A}1#{else}#{B}", "#{if A}1#{else}b", 1, 1, "this if has no #{/if}")]
    [InlineData("x#{/if}#{B}", "x#{/if}b", 1, 2, "this ends a block that was not begun")]
    [InlineData("#{else}#{B}", "#{else}b", 1, 1, "no branch may begin here")]
    [InlineData("#{unless A}1#{elseif B}2#{/unless}#{B}", "#{unless A}1#{elseif B}2#{/unless}b", 1, 13, "no branch may begin here")]
    [InlineData("#{if A}1#{else}2#{else}3#{/if}", "#{if A}1#{else}2#{else}3#{/if}", 1, 17, "no branch may begin here")]
    [InlineData("#{if }#{B}", "#{if }b", 1, 1, "expected a condition and found '}' at line 1, column 6")]
    [InlineData("#{if A == }#{B}", "#{if A == }b", 1, 1, "expected a condition")]
    [InlineData("#{each x of L}#{B}", "#{each x of L}b", 1, 1, "expected 'name in name'")]
    [InlineData("#{B #{B}", "#{B b", 1, 1, "expected a name, filters and '}' and found '#' at line 1, column 5")]
    [InlineData("\r\n#{B", "\r\n#{B", 2, 1, "found the end of the text")]
    [InlineData("#{L[o}", "#{L[o}", 1, 1, "found '}' at line 1, column 6")]
    [InlineData("#{B | }", "#{B | }", 1, 1, "found '}'")]
    [InlineData("#{}#{B}", "#{}b", 1, 1, "expected a name")]
    [InlineData("#{B | Append \"x}", "#{B | Append \"x}", 1, 1, "expected a name")]
    public void GivenABrokenTemplate_WhenEvaluated_ThenTheBrokenPartStaysAndItsPlaceIsTold(string template, string expected, int line, int column, string message)
    {
        TemplateResult result = Evaluating.Result(template, ("A", "1"), ("B", "b"), ("L", "l"));
        Assert.Equal(expected, result.Text);
        Assert.Contains(result.Problems, problem => (problem.Line, problem.Column) == (line, column) && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void GivenABlockInAnUnclosedBlock_WhenTheOuterOneEnds_ThenItIsWhole()
        => Assert.Equal("#{each x in L}b", Evaluating.Text("#{if A}#{each x in L}#{B}#{/if}", ("A", "1"), ("B", "b"), ("L", "1,2")));

    [Fact]
    public void GivenABrokenValue_WhenEvaluated_ThenTheProblemNamesItsVariable()
    {
        TemplateResult result = Evaluating.Result("#{A}", ("A", "x\n#{B"));
        Assert.Equal("x\n#{B", result.Text);
        Assert.StartsWith("value of A, line 2, column 1: ", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("##{A}", "#{A}")]
    [InlineData("###{A}", "#1")]
    [InlineData("####{A}", "##{A}")]
    [InlineData("#####{A}", "##1")]
    [InlineData("## # {A} #", "## # {A} #")]
    [InlineData("##{if A}#{A}", "#{if A}1")]
    [InlineData("###{A", "###{A")]
    public void GivenHashes_WhenEvaluated_ThenTwoStandForOne(string template, string expected)
        => Assert.Equal(expected, Evaluating.Text(template, ("A", "1")));
}
