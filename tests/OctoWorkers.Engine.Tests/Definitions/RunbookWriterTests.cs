using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class RunbookWriterTests
{
    private static readonly string[] Odd =
        ["plain", "", "~", "null", "true", "0755", "1.10", "2026-01-01", "#{A}", "a: b", "- x", "'", "\"", "\\", "{x}", "[x]", "&a", "*a", "!t", "%x", "@x", "`x", "|", ">", "?", ":", ",", "ü😀", "a #b", "a  b"];

    private static readonly string[] OddBodies =
        ["echo hi\n", "echo hi", "\n\necho", "  indented\nnot\n", "a\n\n\n", "tab\there\n", "a: b\n- c\n", "'q' \"q\"\n", "line   \nwith spaces   \n", "#!/bin/bash\necho #{A}\n", "\tx\n"];

    [Fact]
    public async Task GivenARunbookWithEverything_WhenItIsWrittenAndRead_ThenItIsTheSame()
    {
        RunbookDefinition runbook = new("All: of 'it'", [.. OddBodies.Select((body, index) => Step(index, body)), Child()])
        {
            Description = "two\nlines",
            Environments = ["Dev"],
            MaxParallelism = 3,
            Timeout = TimeSpan.FromMinutes(90),
            Priority = RunPriority.High,
            QueueExpiry = TimeSpan.FromSeconds(90),
            VariableSets = ["Shared"],
            Variables =
            [
                .. Odd.Select((text, index) => VariableDefinition.Text($"{text}{index}", text)),
                VariableDefinition.WorkerPool("Where", "P") with { Scope = new() { Environments = ["Dev"], TenantTags = ["Region/Europe"] } },
            ],
            Prompts =
            [
                new("Who") { Label = "Who?", Required = true, Description = "d", Default = "me" },
                new("Size") { Control = PromptControl.DropDown, Options = [new("s", "Small"), new("l", "Large")] },
                new("Loud") { Control = PromptControl.Checkbox },
            ],
        };
        RunbookDefinition read = await RoundTripAsync(runbook);
        Assert.True(SameDefinition.Is(runbook, read));
        Assert.Equal(OddBodies, read.Steps.SkipLast(1).Select(step => ((ScriptAction)step.Action).Body));
    }

    [Theory]
    [InlineData(GuidedFailureMode.On)]
    [InlineData(GuidedFailureMode.Off)]
    [InlineData(GuidedFailureMode.Default)]
    public async Task GivenManualSteps_WhenWrittenAndRead_ThenTheyAreTheSame(GuidedFailureMode guided)
    {
        RunbookDefinition runbook = new("R", [new("a", new ManualAction("look\nat it: #{A}\n")), new("b", new ManualAction("on") { Responsible = ["ada", "#{B}", "0755"] })])
        {
            GuidedFailure = guided,
        };
        Assert.True(SameDefinition.Is(runbook, await RoundTripAsync(runbook)));
    }

    [Fact]
    public void GivenASecret_WhenItsRunbookIsWritten_ThenOnlyTheNameOfAnEnvironmentVariableIsThere()
    {
        RunbookDefinition runbook = new("R", [new("s", new ScriptAction("true"))]) { Variables = [VariableDefinition.Sensitive("Api key", new SealedText("ow1.k.data"))] };
        string text = Write(runbook);
        Assert.DoesNotContain("ow1.", text, StringComparison.Ordinal);
        Assert.Contains("valueFromEnvironment: OCTOWORKERS_SECRET_API_KEY", text, StringComparison.Ordinal);
    }

    private static StepDefinition Step(int index, string body) => new($"step {index}", new ScriptAction(body)
    {
        Syntax = (ScriptSyntax)(index % 3),
        Arguments = index % 2 == 0 ? [] : Odd,
        Environment = index % 2 == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["A"] = "0755", ["B"] = "" },
    })
    {
        Pool = index == 0 ? "P" : null,
        PoolVariable = index == 1 ? "Where" : null,
        Demands = index == 2 ? [CapabilityDemand.Parse("kubectl"), CapabilityDemand.Parse("pwsh >= 7.4")] : [],
        Packages = index == 3 ? [new("A.B"), new("C", "nuget") { Version = "1.2", Name = "c", Extract = false, Acquire = PackageAcquisition.Engine }] : [],
        Condition = (StepCondition)(index % 4),
        ConditionExpression = index % 4 == (int)StepCondition.Variable ? "#{if A}true#{/if}" : null,
        Start = index > 0 && index % 2 == 0 ? StepStart.WithPrevious : StepStart.AfterPrevious,
        Retry = index == 4 ? new() { Count = 2, Backoff = TimeSpan.FromSeconds(2), MaxBackoff = TimeSpan.FromSeconds(9) } : RetryPolicy.None,
        Timeout = index == 5 ? TimeSpan.FromSeconds(90) : null,
        Idempotent = index == 6,
        Required = index == 7,
        Disabled = index == 8,
        Environments = index == 9 ? ["Dev"] : [],
        ExcludedEnvironments = index == 9 ? ["Dev"] : [],
        TenantTags = index == 9 ? [TenantTag.Parse("Region/Europe")] : [],
    };

    private static StepDefinition Child() => new("child", new RunRunbookAction("Other")
    {
        Environment = "Dev",
        Wait = false,
        Variables = new Dictionary<string, string> { ["A"] = "#{B}" },
    });

    private static string Write(RunbookDefinition runbook)
    {
        using StringWriter text = new();
        RunbookWriter.Write([runbook], text);
        return text.ToString();
    }

    private static async Task<RunbookDefinition> RoundTripAsync(RunbookDefinition runbook)
        => Assert.Single((await DefinitionFolder.ReadTextAsync(Write(runbook))).Runbooks).Value;
}
