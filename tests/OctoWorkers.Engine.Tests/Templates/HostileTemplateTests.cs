using System.Text;
using OctoWorkers.Engine.Templates;
using OctoWorkers.Engine.Templates.Evaluation;
using OctoWorkers.Engine.Templates.Parsing;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class HostileTemplateTests
{
    [Theory]
    [InlineData("A -> A", "A=#{A}")]
    [InlineData("A -> B -> C -> A", "A=#{B}", "B=x#{C | ToUpper}", "C=#{if A}x#{/if}")]
    [InlineData("A -> a", "A=#{a}")]
    [InlineData("A -> L[x] -> A", "A=#{L[#{i}]}", "i=x", "L[x]=#{A}")]
    [InlineData("A -> i -> A", "A=#{L[#{i}]}", "i=#{A}")]
    [InlineData("A -> J.x -> J.y -> J.x", "A=#{J.x}", "J={\"x\": \"#{J.y}\", \"y\": \"#{J.x}\"}")]
    [InlineData("A -> B -> A", "A=#{each x in B}#{x}#{/each}", "B=#{calc A + 1}")]
    public void GivenValuesThatReferToThemselves_WhenEvaluated_ThenTheCircleIsNamed(string chain, params string[] variables)
    {
        (string, string)[] values = [.. variables.Select(variable => (variable.Split('=', 2)[0], variable.Split('=', 2)[1]))];
        string circle = chain.StartsWith("A -> J", StringComparison.Ordinal) ? chain[5..] : chain;
        Assert.Contains($": {circle}. ", Evaluating.Failure("#{A}", values).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenAChainOf10000Values_WhenEvaluated_ThenItsEndIsTheResult()
    {
        (string, string)[] values = [.. Enumerable.Range(0, 10_000).Select(i => ($"V{i}", $"#{{V{i + 1}}}")), ("V10000", "end")];
        Assert.Equal("end", Evaluating.Text("#{V0}", values));
        values[^1].Item2 = "#{V0}";
        string message = Evaluating.Failure("#{V0}", values).Message;
        Assert.Contains(": V0 -> V1 -> V2 -> ", message, StringComparison.Ordinal);
        Assert.Contains(" -> V10000 -> V0. ", message, StringComparison.Ordinal);
        Assert.True(message.Length < 500);
    }

    [Theory]
    [InlineData("#{if A}", "#{/if}")]
    [InlineData("#{unless Nothing}", "#{/unless}")]
    [InlineData("#{each x in A}", "#{/each}")]
    [InlineData("#{if Nothing}x#{else}", "#{/if}")]
    public void GivenBlocks10000Deep_WhenEvaluated_ThenTheInnermostIsTheResult(string begin, string end)
    {
        string template = string.Concat(Enumerable.Repeat(begin, 10_000)) + "#{A}" + string.Concat(Enumerable.Repeat(end, 10_000));
        Assert.Equal("1", Evaluating.Text(template, ("A", "1")));
    }

    [Fact]
    public void GivenUnclosedBlocks10000Deep_WhenEvaluated_ThenTheyAreText()
    {
        string begin = string.Concat(Enumerable.Repeat("#{if A}", 10_000));
        Assert.Equal(begin + "1", Evaluating.Text(begin + "#{A}", ("A", "1")));
    }

    [Theory]
    [InlineData("#{A[", "]}")]
    [InlineData("#{A | Append ", "}")]
    public void GivenSubstitutions10000DeepInEachOther_WhenParsed_ThenTheFailureHasThePlace(string begin, string end)
    {
        string template = "\n " + string.Concat(Enumerable.Repeat(begin, 10_000)) + string.Concat(Enumerable.Repeat(end, 10_000));
        Assert.Contains($"line 2, column {2 + (100 * begin.Length)}: ", Evaluating.Failure(template, ("A", "1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenDeepThingsThatAreNoSubstitutions_WhenEvaluated_ThenEachHasAResult()
    {
        string filters = "#{A" + string.Concat(Enumerable.Repeat(" | ToUpper", 10_000)) + "}";
        Assert.Equal("X", Evaluating.Text(filters, ("A", "x")));
        string brackets = "#{calc " + new string('(', 10_000) + "1" + new string(')', 10_000) + "}";
        Assert.Equal("1", Evaluating.Text(brackets));
        string indexes = "A" + new string('[', 10_000) + new string(']', 10_000);
        Assert.Equal("v", Evaluating.Text($"#{{{indexes}}}", (indexes, "v")));
        string parts = "A" + string.Concat(Enumerable.Repeat(".B", 10_000));
        Assert.Equal($"#{{{parts}}}", Evaluating.Text($"#{{{parts}}}", ("A", "{}x")));
    }

    [Fact]
    public void GivenValuesThatMultiply_WhenEvaluated_ThenTheFailureSaysThatItGrows()
    {
        (string, string)[] values = [.. Enumerable.Range(0, 40).Select(i => ($"V{i}", $"#{{V{i + 1}}}#{{V{i + 1}}}")), ("V40", "x")];
        Assert.Contains("128 Mi characters", Evaluating.Failure("#{V0}", values).Message, StringComparison.Ordinal);
        (string, string)[] byFilter = [.. Enumerable.Range(0, 40).Select(i => ($"V{i}", $"#{{V{i + 1} | Append #{{V{i + 1}}}}}")), ("V40", "x")];
        Assert.Contains("128 Mi characters", Evaluating.Failure("#{V0}", byFilter).Message, StringComparison.Ordinal);
        string million = new('x', 1_000_000);
        Assert.Contains("128 Mi characters", Evaluating.Failure("#{A | Replace x #{A}}", ("A", million)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#{A | Match #{P}}")]
    [InlineData("#{A | Replace #{P} y}")]
    public void GivenARegularExpressionThatNeverEnds_WhenApplied_ThenItEndsWithAProblem(string template)
    {
        // The back reference keeps it from being matched in linear time.
        TemplateResult result = Evaluating.Result(template + template, ("A", new string('a', 40) + "!"), ("P", @"^(a+)+\1$"));
        Assert.Equal(template + template, result.Text);
        Assert.Equal(2, result.Problems.Count);
        Assert.All(result.Problems, problem => Assert.Contains("longer than a second", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void GivenLoopsInEachOtherThatWriteNothing_WhenEvaluated_ThenTheyEnd()
    {
        string loops = string.Concat(Enumerable.Range(0, 20).Select(depth => $"#{{each x{depth} in L}}")) + string.Concat(Enumerable.Repeat("#{/each}", 20));
        Assert.Contains("each pass of a loop", Evaluating.Failure(loops, ("L", "a,b,c")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenARegularExpressionThatExplodes_WhenItCanBeMatchedInLinearTime_ThenItIs()
        => Assert.Equal("false", Evaluating.Text("#{A | Match #{P}}", ("A", new string('a', 50_000) + "!"), ("P", "^(a+)+$")));

    [Fact]
    public void GivenNoRegularExpression_WhenApplied_ThenAProblemSaysSo()
        => Assert.Contains("not valid", Assert.Single(Evaluating.Result("#{A | Match \"(\"}", ("A", "x")).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void GivenStrangeTexts_WhenEvaluated_ThenTheyPassThrough()
    {
        string name = string.Concat(Enumerable.Repeat("ünï 😀/", 150_000));
        Assert.Equal("😀\0\u202E", Evaluating.Text($"#{{{name}}}", (name, "😀\0\u202E")));
        Assert.Equal("$(rm -rf) it's \"q\"", Evaluating.Text("#{$(x) 'n'} #{L[\"q\"]}", ("$(x) 'n'", "$(rm -rf) it's"), ("L[\"q\"]", "\"q\"")));
        Assert.Equal("a", Evaluating.Text("#{A | Truncate 2 \"\"}", ("A", "a😀b")));
        Assert.Equal("\r\n#{\r\n", Evaluating.Text("\r\n#{\r\n"));
    }

    [Fact]
    public void GivenAListOf100000Items_WhenIterated_ThenEachIsThere()
    {
        string list = string.Join(',', Enumerable.Range(0, 100_000));
        Assert.Equal(list + ",", Evaluating.Text("#{each x in L}#{x},#{/each}", ("L", list)));
        Assert.Equal(list + ",", Evaluating.Text("#{each x in L}#{x},#{/each}", ("L", $"[{list}]")));
        (string, string)[] values = [.. Enumerable.Range(0, 100_000).Select(i => ($"L[{i}].N", $"{i}"))];
        Assert.Equal(list + ",", Evaluating.Text("#{each x in L}#{x.N},#{/each}", values));
    }

    [Theory]
    [InlineData("#{A}")]
    [InlineData("#{")]
    [InlineData("#{A[#{A}\n")]
    [InlineData("#{A | Append \"{")]
    [InlineData("#{A | Append \" \\\" #{A ")]
    [InlineData("#{A | F \"#{A}\"{")]
    [InlineData("#{if A}#{each x in A}")]
    [InlineData("#{if A}x#{/if}")]
    [InlineData("#{/if}#{else}#{calc 1+")]
    public void GivenATextTenTimesAsLong_WhenReadAndEvaluated_ThenTheWorkIsTenTimesAsMuch(string part)
    {
        long once = Work(part, 1_000);
        long tenTimes = Work(part, 10_000);
        Assert.InRange(tenTimes, 0, (once * 10) + 10_000);
    }

    [Fact]
    public void GivenValuesThatShareOthers_WhenEvaluated_ThenEachIsEvaluatedOnce()
    {
        (string, string)[] values = [.. Enumerable.Range(0, 200).Select(i => ($"V{i}", $"#{{if V{i + 1}}}#{{V{i + 1}}}#{{/if}}#{{if V{i + 1}}}#{{/if}}")), ("V200", "x")];
        TemplateEvaluator evaluator = new(Evaluating.Values(values), TimeProvider.System);
        Assert.Equal("x", evaluator.Evaluate(Template.Parse("#{V0}")).Text);
        Assert.InRange(evaluator.Steps, 200, 2_000);
    }

    private static long Work(string part, int times)
    {
        StringBuilder text = new();
        for (int i = 0; i < times; i++)
        {
            text.Append(part);
        }

        string template = text.ToString();
        TemplateParser parser = new(template, null, new LineIndex(template), new ProblemList());
        parser.Parse();
        TemplateEvaluator evaluator = new(Evaluating.Values(("A", "1")), TimeProvider.System);
        evaluator.Evaluate(Template.Parse(template));
        return parser.Steps + evaluator.Steps;
    }
}
