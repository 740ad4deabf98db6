using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class GoodDefinitionsTests
{
    private const string Everything = """
        environments:
          - name: Development
            description: Where things may break.
          - { name: Production }
        pools:
          - name: Setup
            description: Prepares things.
            default: true
          - name: Other
            default: false
        workers:
          - name: worker1
            connection: local
            pools: [Setup, Other]
            tags: [linux, "x86 64"]
            state: enabled
          - name: worker2
            connection: { local: {}, shell: dash }
            pool: Setup
            state: disabled
          - name: worker3
            connection: { ssh: build1.example.org }
            pool: Setup
            state: draining
          - name: worker4
            connection:
              shell: /bin/busybox
              ssh:
                host: build2
                port: 2222
                user: deploy
                identityFile: ~/.ssh/id_deploy
                configFile: /etc/ssh/deploy
                hostKeys: accept-new
            pool: Setup
          - { name: worker5, pool: Setup, connection: { ssh: { host: h, hostKeys: strict } } }
          - { name: worker6, pool: Setup, connection: { ssh: { host: h, hostKeys: configured } } }
        runbooks:
          - name: Unleash the kraken
            description: Everything at once.
            environments: [Development]
            maxParallelism: 3
            timeout: 30m
            steps:
              - name: Say hello
                bash: |
                  echo hello
                  echo "and goodbye"
              - name: In full
                script:
                  syntax: bash
                  body: echo "$@"
                  arguments: [a, "b c", 1.10, on]
                  environment: { NAME: value, EMPTY: '', MODE: 0755, YES: yes }
                pool: Setup
                packages: [Acme.Web, { id: Acme.Db, feed: nuget }]
                condition: failure
                start: withPrevious
                retry: { count: 3, backoff: 2s, maxBackoff: 1m }
                timeout: 5m
                idempotent: true
                disabled: true
                required: true
                environments: [Development, Production]
                excludedEnvironments: [Production]
              - name: Child
                runbook: { name: Small, environment: Production, wait: false }
                condition: always
                start: afterPrevious
                retry: 2
              - name: Child in short
                runbook: Small
                condition: success
          - name: Small
            steps: [{ name: Only, bash: echo }]
        """;

    [Fact]
    public async Task GivenInfrastructureWithEveryKey_WhenRead_ThenAllOfItIsThere()
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync(Everything);

        Assert.Equal(
            [new("Development") { Description = "Where things may break." }, new EnvironmentDefinition("Production")],
            set.Environments.Select(environment => environment.Value));
        Assert.Equal(
            [new("Setup") { Description = "Prepares things.", IsDefault = true }, new WorkerPoolDefinition("Other")],
            set.Pools.Select(pool => pool.Value));
        WorkerDefinition[] workers = [.. set.Workers.Select(worker => worker.Value)];
        Assert.Equal(["worker1", "worker2", "worker3", "worker4", "worker5", "worker6"], workers.Select(worker => worker.Name));
        Assert.Equal(["Setup", "Other"], workers[0].Pools);
        Assert.Equal(["linux", "x86 64"], workers[0].Tags);
        Assert.Equal(
            [WorkerState.Enabled, WorkerState.Disabled, WorkerState.Draining, WorkerState.Enabled, WorkerState.Enabled, WorkerState.Enabled],
            workers.Select(worker => worker.State));
        Assert.Equal(
            [
                new LocalConnection(),
                new LocalConnection { Shell = "dash" },
                new SshConnection("build1.example.org"),
                new SshConnection("build2")
                {
                    Shell = "/bin/busybox",
                    Port = 2222,
                    User = "deploy",
                    IdentityFile = "~/.ssh/id_deploy",
                    ConfigurationFile = "/etc/ssh/deploy",
                    HostKeyPolicy = HostKeyPolicy.AcceptNew,
                },
                new SshConnection("h") { HostKeyPolicy = HostKeyPolicy.Strict },
                new SshConnection("h"),
            ],
            workers.Select(worker => worker.Connection));
    }

    [Fact]
    public async Task GivenRunbookWithEveryKey_WhenRead_ThenAllOfItIsThere()
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync(Everything);

        RunbookDefinition runbook = set.Runbooks[0].Value;
        Assert.Equal("Unleash the kraken", runbook.Name);
        Assert.Equal("Everything at once.", runbook.Description);
        Assert.Equal(["Development"], runbook.Environments);
        Assert.Equal(3, runbook.MaxParallelism);
        Assert.Equal(TimeSpan.FromMinutes(30), runbook.Timeout);
        Assert.Equal(["Say hello", "In full", "Child", "Child in short"], runbook.Steps.Select(each => each.Name));
        StepDefinition step = runbook.Steps[1];
        ScriptAction script = Assert.IsType<ScriptAction>(step.Action);
        Assert.Equal(("echo \"$@\"", ScriptSyntax.Bash), (script.Body, script.Syntax));
        Assert.Equal(["a", "b c", "1.10", "on"], script.Arguments);
        Assert.Equal(
            new Dictionary<string, string> { ["NAME"] = "value", ["EMPTY"] = "", ["MODE"] = "0755", ["YES"] = "yes" }, script.Environment);
        Assert.Equal("Setup", step.Pool);
        Assert.Equal([new("Acme.Web"), new PackageReference("Acme.Db", "nuget")], step.Packages);
        Assert.Equal((StepCondition.Failure, StepStart.WithPrevious), (step.Condition, step.Start));
        Assert.Equal(new RetryPolicy { Count = 3, Backoff = TimeSpan.FromSeconds(2), MaxBackoff = TimeSpan.FromMinutes(1) }, step.Retry);
        Assert.Equal(TimeSpan.FromMinutes(5), step.Timeout);
        Assert.True(step.Idempotent && step.Disabled && step.Required);
        Assert.Equal(["Development", "Production"], step.Environments);
        Assert.Equal(["Production"], step.ExcludedEnvironments);
        Assert.Equal(new RunRunbookAction("Small") { Environment = "Production", Wait = false }, runbook.Steps[2].Action);
        Assert.Equal((StepCondition.Always, StepStart.AfterPrevious), (runbook.Steps[2].Condition, runbook.Steps[2].Start));
        Assert.Equal(new RetryPolicy { Count = 2 }, runbook.Steps[2].Retry);
        Assert.Equal(new RunRunbookAction("Small"), runbook.Steps[3].Action);
    }

    [Fact]
    public async Task GivenOnlyWhatIsNeeded_WhenRead_ThenTheRestHasItsDefaults()
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync(Everything);

        RunbookDefinition small = set.Runbooks[1].Value;
        Assert.Equal(("", RunbookDefinition.DefaultMaxParallelism, null), (small.Description, small.MaxParallelism, small.Timeout));
        Assert.Empty(small.Environments);
        StepDefinition step = set.Runbooks[0].Value.Steps[0];
        Assert.Equal("echo hello\necho \"and goodbye\"\n", Assert.IsType<ScriptAction>(step.Action).Body);
        Assert.Equal((null, null, RetryPolicy.None), (step.Pool, step.Timeout, step.Retry));
        Assert.False(step.Idempotent || step.Disabled || step.Required);
        Assert.Equal((StepCondition.Success, StepStart.AfterPrevious), (step.Condition, step.Start));
    }

    [Fact]
    public async Task GivenDefinitions_WhenRead_ThenEachKnowsItsPlace()
    {
        using DefinitionFolder folder = new();
        string file = folder.Write("a.yaml", Everything);

        DefinitionSet set = await folder.ReadAsync();

        Assert.Equal(new SourceLocation(file, 2, 5), set.Environments[0].Location);
        Assert.Equal(new SourceLocation(file, 6, 5), set.Pools[0].Location);
        Assert.Equal(new SourceLocation(file, 12, 5), set.Workers[0].Location);
        Assert.Equal(new SourceLocation(file, 39, 5), set.Runbooks[0].Location);
    }

    [Fact]
    public async Task GivenLongFirstWaitAndNoLongest_WhenRead_ThenTheFirstWaitIsNotCut()
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync("runbooks: [{ name: R, steps: [{ name: S, bash: x, retry: { count: 1, backoff: 1h } }] }]");

        Assert.Equal(TimeSpan.FromHours(1), set.Runbooks[0].Value.Steps[0].Retry.DelayBefore(1));
    }

    [Theory]
    [InlineData("it's \"quoted\"", "\"it's \\\"quoted\\\"\"")]
    [InlineData("$(reboot) `x` ; rm", "'$(reboot) `x` ; rm'")]
    [InlineData("🐙 kraken", "🐙 kraken")]
    [InlineData("1.10", "1.10")]
    [InlineData("0755", "0755")]
    [InlineData("on", "on")]
    [InlineData("null", "'null'")]
    [InlineData("2026-01-01", "2026-01-01")]
    public async Task GivenUnusualStepName_WhenRead_ThenItIsTheTextAsWritten(string name, string written)
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync($"runbooks: [{{ name: R, steps: [{{ name: {written}, bash: x }}] }}]");

        Assert.Equal(name, set.Runbooks[0].Value.Steps[0].Name);
    }

    [Fact]
    public async Task GivenAnchorsAliasesTagsAndSeveralDocuments_WhenRead_ThenTheyAreWrittenOut()
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync(
            "%YAML 1.2\n---\nworkers:\n- {name: a, connection: &c {ssh: h}, pools: &p [P]}\n- {name: b, connection: *c, pools: *p}\n---\npools: [{name: !!str P}]\n---\n...\n");

        Assert.Equal([new SshConnection("h"), new SshConnection("h")], set.Workers.Select(worker => worker.Value.Connection));
        Assert.Equal("P", Assert.Single(set.Pools).Value.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("environments: []\nrunbooks: []\n")]
    public async Task GivenNothing_WhenRead_ThenTheSetIsEmpty(string yaml)
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync(yaml);

        Assert.Empty(set.Environments);
        Assert.Empty(set.Pools);
        Assert.Empty(set.Workers);
        Assert.Empty(set.Runbooks);
    }

    [Fact]
    public async Task GivenScriptOfFiveMegabytes_WhenRead_ThenItIsThereToTheLastLine()
    {
        string line = new('x', 99);
        string body = string.Concat(Enumerable.Repeat($"echo {line[5..]}\n", 50_000));
        string yaml = "runbooks:\n- name: R\n  steps:\n  - name: S\n    bash: |\n"
            + string.Concat(Enumerable.Repeat($"      echo {line[5..]}\n", 50_000));

        DefinitionSet set = await DefinitionFolder.ReadTextAsync(yaml);

        Assert.Equal(body, ((ScriptAction)set.Runbooks[0].Value.Steps[0].Action).Body);
    }
}
