using Newtonsoft.Json.Linq;
using OctoWorkers.Storage;

namespace OctoWorkers.Cli.Tests;

public sealed class VariableCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenTenant_WhenAddedChangedAndRemoved_ThenEachCommandShowsIt()
    {
        await harness.JsonAsync("tenant", "add", "Acme", "--tag", "Region/Europe", "--tag", "Size/Big", "--description", "d");
        JToken changed = await harness.JsonAsync("tenant", "set", "acme", "--tag", "Region/Asia");
        Assert.Equal(["Region/Asia"], changed["tags"]!.Values<string>());
        Assert.Equal("d", changed.Value<string>("description"));
        Assert.Empty((JArray)await harness.JsonAsync("tenant", "list", "--tag", "Region/Europe"));
        Assert.Contains("Region/Asia", (await harness.RunAsync("tenant", "show", "Acme")).Out, StringComparison.Ordinal);
        Assert.Empty((await harness.JsonAsync("tenant", "set", "acme", "--no-tags"))["tags"]!);
        await harness.JsonAsync("tenant", "remove", "ACME");
        CommandOutcome gone = await harness.RunAsync("tenant", "show", "Acme");
        Assert.Equal(ExitCodes.NotFound, gone.ExitCode);
        Assert.StartsWith("octoworkers: TenantNotFound: ", gone.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("tenant", "add", "T", "--tag", "Europe")).ExitCode);
    }

    [Fact]
    public async Task GivenValuesOfSeveralScopes_WhenSetListedAndRemoved_ThenTheyAreToldApartByTheirScopes()
    {
        await harness.JsonAsync("environment", "add", "Production");
        await harness.JsonAsync("variable", "set", "Url", "one");
        await harness.JsonAsync("variable", "set", "url", "two", "--environment", "production", "--description", "why");
        await harness.JsonAsync("variable", "set", "URL", "three", "--environment", "Production");
        JArray all = (JArray)await harness.JsonAsync("variable", "list");
        Assert.Equal(["one", "three"], all.Select(value => value.Value<string>("value")));
        Assert.Equal(["Production"], all[1].SelectToken("scope.environments")!.Values<string>());
        CommandOutcome wrong = await harness.RunAsync("variable", "remove", "Url", "--environment", "Test");
        Assert.Equal(ExitCodes.NotFound, wrong.ExitCode);
        Assert.Contains("It has: unscoped; environment 'Production'.", wrong.Error, StringComparison.Ordinal);
        await harness.JsonAsync("variable", "remove", "Url");
        Assert.Equal("three", Assert.Single((JArray)await harness.JsonAsync("variable", "show", "Url")).Value<string>("value"));
        await harness.JsonAsync("variable", "remove", "Url", "--all");
        Assert.Contains("VariableNotFound", (await harness.RunAsync("variable", "show", "Url")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--environment", "Prod", "EnvironmentNotFound", ExitCodes.NotFound)]
    [InlineData("--tenant", "Acme", "TenantNotFound", ExitCodes.NotFound)]
    [InlineData("--machine", "w", "WorkerNotFound", ExitCodes.NotFound)]
    [InlineData("--scope-runbook", "R", "RunbookNotFound", ExitCodes.NotFound)]
    [InlineData("--tenant-tag", "A/B", "InvalidArgument", ExitCodes.Usage)]
    [InlineData("--step", "S", "StepNotFound", ExitCodes.NotFound)]
    public async Task GivenScopeThatNamesNothing_WhenSet_ThenItIsRefused(string option, string name, string error, int exitCode)
    {
        CommandOutcome outcome = await harness.RunAsync("variable", "set", "A", "x", option, name);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.StartsWith($"octoworkers: {error}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty((JArray)await harness.JsonAsync("variable", "list"));
    }

    [Theory]
    [InlineData("--sensitive", "secret!")]
    [InlineData("a", "--pool", "P")]
    [InlineData("--sensitive", "--pool", "P")]
    [InlineData("--value-env", "NOTHING")]
    [InlineData("--value-file", "/nowhere/at/all")]
    [InlineData]
    public async Task GivenSourcesThatDoNotGoTogether_WhenSet_ThenTheyAreRefused(params string[] arguments)
        => Assert.Equal(ExitCodes.Usage, (await harness.RunAsync(["variable", "set", "A", .. arguments])).ExitCode);

    [Fact]
    public async Task GivenSecrets_WhenSetFromAnywhere_ThenNothingShowsThemAgain()
    {
        harness.SecretInput = "hunter2 typed";
        harness.Environment["FROM"] = "hunter2 environment";
        await harness.JsonAsync("variable", "set", "A", "--sensitive");
        await harness.JsonAsync("variable", "set", "B", "--sensitive", "--value-env", "FROM", "--set", "New");
        await harness.JsonAsync("variable", "set", "C", "--sensitive", "--value-file", harness.WriteFile("secret", "hunter2 file\n"));
        harness.SecretInput = "abc";
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("variable", "set", "D", "--sensitive")).ExitCode);
        foreach (string[] command in (string[][])[["list"], ["list", "--output", "json"], ["show", "A"], ["list", "--set", "New"]])
        {
            CommandOutcome outcome = await harness.RunAsync(["variable", .. command]);
            Assert.Equal(0, outcome.ExitCode);
            Assert.DoesNotContain("hunter2", outcome.Out + outcome.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("ow1.", outcome.Out + outcome.Error, StringComparison.Ordinal);
        }

        await using SqliteStore store = await harness.OpenStoreAsync();
        IReadOnlyList<VariableSetRecord> sets = await store.GetVariableSetsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["hunter2 typed", "hunter2 file", "hunter2 environment"],
            sets.SelectMany(set => set.Definition.Variables).Select(value => harness.Secrets.Open(value.Sealed!.Value)));
    }

    [Theory]
    [InlineData("it's \"quoted\"")]
    [InlineData("two\nlines\u001b[31m")]
    [InlineData("$(touch x) ${y} #{z}")]
    [InlineData("größe 😀")]
    public async Task GivenOddName_WhenSetShownAndRemoved_ThenItIsAVariableLikeAnyOther(string name)
    {
        await harness.JsonAsync("variable", "set", name, "x");
        Assert.Equal(name, Assert.Single((JArray)await harness.JsonAsync("variable", "show", name)).Value<string>("name"));
        CommandOutcome table = await harness.RunAsync("variable", "list");
        Assert.DoesNotContain("\u001b", table.Out, StringComparison.Ordinal);
        await harness.JsonAsync("variable", "remove", name);
        Assert.Empty((JArray)await harness.JsonAsync("variable", "list"));
    }

    [Fact]
    public async Task GivenDefinitions_WhenPreviewed_ThenTheWinnersTheirReasonsAndNoSecretsAreShown()
    {
        await ApplyAsync();
        JArray preview = (JArray)await harness.JsonAsync(
            "variable", "preview", "--runbook", "R", "--environment", "Production", "--tenant", "Acme", "--step", "s", "--variable", "Given=g");
        JToken Of(string name) => preview.Single(value => value.Value<string>("name") == name);
        Assert.Equal("https://acme", Of("Url").Value<string>("value"));
        Assert.Equal("runbook 'R'", Of("Url").Value<string>("place"));
        Assert.Equal("acme", Of("Host").Value<string>("value"));
        Assert.Contains("a scope by tenant is more specific", Of("Host").Value<string>("reason")!, StringComparison.Ordinal);
        Assert.Equal([true, false], Of("Host")["others"]!.Select(other => other.Value<bool>("applies")));
        Assert.Equal(JTokenType.Null, Of("Password")["value"]!.Type);
        Assert.True(Of("Password").Value<bool>("sensitive"));
        Assert.Equal("with ********", Of("Uses").Value<string>("value"));
        Assert.Equal(("g", "Given"), (Of("Given").Value<string>("value"), Of("Given").Value<string>("source")));
        Assert.Equal("Production", Of("Octopus.Environment.Name").Value<string>("value"));
        Assert.Equal("s", Of("Octopus.Action.Name").Value<string>("value"));
        CommandOutcome table = await harness.RunAsync("variable", "preview", "--runbook", "R", "--environment", "Production");
        Assert.Equal(0, table.ExitCode);
        Assert.DoesNotContain("hunter2", table.Out, StringComparison.Ordinal);
        Assert.Contains("********", table.Out, StringComparison.Ordinal);
        Assert.All(table.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        CommandOutcome wrong = await harness.RunAsync("variable", "preview", "--runbook", "R", "--environment", "Production", "--step", "x");
        Assert.Equal(ExitCodes.NotFound, wrong.ExitCode);
        Assert.StartsWith("octoworkers: StepNotFound: ", wrong.Error, StringComparison.Ordinal);
        Assert.StartsWith("octoworkers: StepNotFound: ", (await harness.RunAsync("run", "R", "--environment", "Production", "--skip", "x")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTwoValuesThatTie_WhenPreviewed_ThenBothAreNamedAndTheOthersShown()
    {
        await ApplyAsync();
        await harness.JsonAsync("variable", "set", "Host", "twice", "--tenant", "Acme");
        CommandOutcome outcome = await harness.RunAsync("variable", "preview", "--runbook", "R", "--environment", "Production", "--tenant", "Acme");
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.StartsWith("octoworkers: VariableConflict: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("variable set 'Default' (tenant 'Acme')", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("variable set 'Shared' (tenant 'Acme')", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Host: CONFLICT\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Uses = with ********\n", outcome.Out, StringComparison.Ordinal);
        CommandOutcome json = await harness.RunAsync(
            "variable", "preview", "--runbook", "R", "--environment", "Production", "--tenant", "Acme", "--output", "json");
        Assert.Equal(ExitCodes.Usage, json.ExitCode);
        JToken tied = JArray.Parse(json.Out).Single(value => value.Value<string>("name") == "Host");
        Assert.StartsWith("Variable 'Host' has two values that apply", tied.Value<string>("conflict")!, StringComparison.Ordinal);
        Assert.Equal(JTokenType.Null, tied["value"]!.Type);
        Assert.Equal(["it ties", "it ties"], tied["others"]!.Select(other => other.Value<string>("reason")!).Take(2));
    }

    [Fact]
    public async Task GivenTwoValuesThatTie_WhenARunIsAskedFor_ThenNoneIsCreatedAndBothAreNamed()
    {
        await ApplyAsync();
        await harness.JsonAsync("variable", "set", "Host", "twice", "--tenant", "Acme");
        CommandOutcome plan = await harness.RunAsync("plan", "R", "--environment", "Production", "--tenant", "Acme");
        Assert.StartsWith("octoworkers: VariableConflict: Variable 'Host' has two values that apply", plan.Error, StringComparison.Ordinal);
        foreach (string[] kind in (string[][])[[], ["--detach"]])
        {
            CommandOutcome run = await harness.RunAsync(["run", "R", "--environment", "Production", "--tenant", "Acme", .. kind]);
            Assert.Equal((ExitCodes.Usage, plan.Error), (run.ExitCode, run.Error));
        }

        Assert.Empty((JArray)await harness.JsonAsync("runs"));
    }

    [Fact]
    public async Task GivenDefinitionsWithASecret_WhenAppliedTwice_ThenNothingChangesUntilTheSecretDoes()
    {
        await ApplyAsync();
        Assert.All((JArray)await harness.JsonAsync("apply", Path.Combine(harness.Folder, "a.yaml")), change => Assert.Equal("unchanged", change.Value<string>("change")));
        string other = File.ReadAllText(Path.Combine(harness.Folder, "a.yaml")).Replace("hunter2", "hunter3", StringComparison.Ordinal);
        JArray changes = (JArray)await harness.JsonAsync("apply", harness.WriteFile("a.yaml", other));
        Assert.Equal(["variable set"], changes.Where(change => change.Value<string>("change") == "changed").Select(change => change.Value<string>("kind")));
    }

    [Fact]
    public async Task GivenWorkerPoolVariable_WhenPlanned_ThenThePlanSaysWhichValueAndScope()
    {
        await ApplyAsync();
        await harness.JsonAsync("pool", "add", "Other");
        JToken plan = await harness.JsonAsync("plan", "R", "--environment", "Production", "--tenant", "Acme");
        Assert.StartsWith("worker-pool variable 'Where', from variable set 'Shared': ", plan.SelectToken("steps[0].poolReason")!.Value<string>(), StringComparison.Ordinal);
        Assert.Equal("only for tenants with 'Region/Europe', and the run is for none", (await harness.JsonAsync("plan", "R", "--environment", "Production")).SelectToken("steps[1].skipReason")!.Value<string>());
        CommandOutcome given = await harness.RunAsync("plan", "R", "--environment", "Production", "--variable", "Where=Other");
        Assert.Contains("pool 'Other' has no workers", given.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenPrompts_WhenRun_ThenValuesAreTakenAndWrongOnesRefused()
    {
        await ApplyAsync();
        harness.WriteFile("p.yaml", "runbooks: [{ name: P, prompts: [{ name: V, required: true, label: Which }, { name: T, control: sensitive }], steps: [{ name: s, bash: 'true' }] }]");
        await harness.JsonAsync("apply", Path.Combine(harness.Folder, "p.yaml"));
        Assert.Contains("Which", (await harness.RunAsync("runbook", "show", "P")).Out, StringComparison.Ordinal);
        CommandOutcome missing = await harness.RunAsync("run", "P", "--environment", "Production");
        Assert.Equal(ExitCodes.Usage, missing.ExitCode);
        Assert.Equal(
            "octoworkers: PromptedValueInvalid: Runbook 'P' needs a value of variable 'V' ('Which'), and none was given.\n"
                + "Give it: --variable 'V=VALUE', --variable-env 'V=VARIABLE' or --variable-file 'V=PATH'.\n",
            missing.Error);
        CommandOutcome open = await harness.RunAsync("run", "P", "--environment", "Production", "--variable", "V=1", "--variable", "t=hunter2");
        Assert.Equal(ExitCodes.Usage, open.ExitCode);
        Assert.DoesNotContain("hunter2", open.Error, StringComparison.Ordinal);
        harness.Environment["TOKEN"] = "hunter2";
        CommandOutcome run = await harness.RunAsync(
            "run", "P", "--environment", "Production", "--tenant", "Acme", "--variable-file", $"V={harness.WriteFile("v", "a=b\n")}", "--variable-env", "T=TOKEN", "--quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        await using SqliteStore store = await harness.OpenStoreAsync();
        RunRequest request = (await store.GetRunAsync(new(1), TestContext.Current.CancellationToken)).Request;
        Assert.Equal(("Acme", "a=b"), (request.Tenant!.Name, request.Variables[0].Value));
        Assert.Equal("hunter2", harness.Secrets.Open(request.Variables[1].Sealed!.Value));
        Assert.Equal("Acme", (await harness.JsonAsync("show", "1")).Value<string>("tenant"));
    }

    private Task<JToken> ApplyAsync()
        => harness.JsonAsync("apply", harness.WriteFile("a.yaml", """
            environments: [{ name: Production }, { name: Test }]
            tenants: [{ name: Acme, tags: [Region/Europe] }]
            variableSets:
            - name: Shared
              variables:
              - { name: Host, value: everybody }
              - { name: Host, value: acme, scope: { tenants: [Acme] } }
              - { name: Host, value: test, scope: { environments: [Test] } }
              - { name: Password, sensitive: true, value: hunter2 }
              - { name: Where, pool: Default Worker Pool, scope: { environments: [Production] } }
            runbooks:
            - name: R
              variableSets: [Shared]
              variables: { Url: "https://#{Host}", Uses: "with #{Password}" }
              steps:
              - { name: s, bash: 'true', poolVariable: Where }
              - { name: t, bash: 'true', tenantTags: [Region/Europe] }
            """));
}
