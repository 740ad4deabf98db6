using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Templates;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class TemplateLawTests
{
    private static readonly string[] Pieces =
    [
        "#{", "}", "##{", "#", "A", "B", "J", ".", "[", "]", "|", " ", "\"", "\\\"", "if ", "unless ", "each x in ", "elseif ", "else", "/if", "/unless",
        "/each", "calc ", "+", "-", "*", "(", ")", "1", "==", "!=", "ToUpper", "Append x", "Replace A", "Match \"(\"", "#{A}", "#{if A}", "#{/if}", "#{else}",
        "#{each x in L}", "#{/each}", "#{x}", "\n", "😀", "\ud83d",
    ];

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20260504UL, 1UL);

    [Fact]
    public void GivenTextWithoutAnOpening_WhenEvaluated_ThenItComesBack()
        => Prop.ForAll<string?>(text => Template.HasSubstitutions(text ?? "") || Evaluating.Text(text ?? "") == (text ?? "")).Check(Config);

    [Fact]
    public void GivenAnyText_WhenEvaluated_ThenItFailsAsExpectedOrNotAtAll()
        => Prop.ForAll(Texts(), text => Evaluates(text, ("A", "a,b"), ("L", "1,2"), ("J", "{\"A\": 1}"))).Check(Config);

    [Fact]
    public void GivenAnyValue_WhenEvaluated_ThenItFailsAsExpectedOrNotAtAll()
        => Prop.ForAll(Texts(), text => Evaluates("#{A}#{J.A}#{each x in A}#{x.A}#{/each}#{calc A+1}", ("A", text), ("J", "{" + text + "}"), ("L", text))).Check(Config);

    [Fact]
    public void GivenAnyText_WhenItsOpeningsAreEscaped_ThenItComesBackAsItWas()
        => Prop.ForAll(Texts(), text =>
        {
            // Hashes before an opening count in pairs.
            string escaped = System.Text.RegularExpressions.Regex.Replace(text, "#+(?=\\{)", hashes => hashes.Value + hashes.Value);
            return Evaluating.Text(escaped, ("A", "1")) == text;
        }).Check(Config);

    private static bool Evaluates(string template, params (string, string)[] values)
    {
        try
        {
            return Evaluating.Result(template, values) is not null;
        }
        catch (OctoWorkersException failure)
        {
            return failure.Error == EngineError.TemplateInvalid;
        }
    }

    private static Arbitrary<string> Texts()
        => Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
}
