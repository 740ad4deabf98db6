using OctoWorkers.Engine.Templates;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class CalculationTests
{
    [Theory]
    [InlineData("3+2", "5")]
    [InlineData("3 - 2", "1")]
    [InlineData("3/2", "1.5")]
    [InlineData("3*2+2*4", "14")]
    [InlineData("3*(2+2)*4", "48")]
    [InlineData("10-2-3", "5")]
    [InlineData("16/4/2", "2")]
    [InlineData("A+2", "7")]
    [InlineData("A + B", "12")]
    [InlineData("A - 1", "4")]
    [InlineData("B / 2", "3.5")]
    [InlineData("{B}-2", "5")]
    [InlineData("{ B }/2", "3.5")]
    [InlineData("2-B", "-5")]
    [InlineData("2-(B*2)", "-12")]
    [InlineData("(B*2)-2", "12")]
    [InlineData("{Another-Name}-2", "9")]
    [InlineData("{A/Name}-2", "7")]
    [InlineData("-A", "-5")]
    [InlineData("2*-3", "-6")]
    [InlineData("-(2+3)*2", "-10")]
    [InlineData("0.5*B", "3.5")]
    [InlineData("List[x].Size+1", "4")]
    public void GivenACalculation_WhenEvaluated_ThenItIsItsResult(string calculation, string expected)
        => Assert.Equal(expected, Evaluate(calculation).Text);

    [Theory]
    [InlineData("C+2", "C")]
    [InlineData("B-2", "B-2")]
    [InlineData("B/2", "B/2")]
    public void GivenANameThatIsNotThere_WhenCalculated_ThenTheExpressionStaysAndTheNameIsTold(string calculation, string name)
    {
        TemplateResult result = Evaluate(calculation);
        Assert.Equal($"#{{{calculation}}}", result.Text);
        Assert.Equal([name], result.Unresolved);
    }

    [Theory]
    [InlineData("Word+1", "Word is no number")]
    [InlineData("1/0", "division by zero")]
    public void GivenNoResult_WhenCalculated_ThenAProblemSaysWhy(string calculation, string problem)
        => Assert.Contains(problem, Assert.Single(Evaluate(calculation).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1+")]
    [InlineData("(1+2")]
    [InlineData("1+2)")]
    [InlineData("()")]
    [InlineData("1 2")]
    [InlineData("*2")]
    [InlineData("1.2.3")]
    public void GivenNoCalculation_WhenParsed_ThenItIsTextWithAProblem(string calculation)
    {
        TemplateResult result = Evaluate(calculation);
        Assert.Equal($"#{{calc {calculation}}}", result.Text);
        Assert.Contains("expected a calculation", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    private static TemplateResult Evaluate(string calculation) => Evaluating.Result(
        $"#{{calc {calculation}}}",
        ("A", "5"), ("B", "7"), ("A/Name", "9"), ("Another-Name", "11"), ("Word", "secret"), ("List[x].Size", "3"));
}
