using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class VariableDefinitionsTests
{
    [Fact]
    public async Task GivenEverythingThatCanBeWritten_WhenRead_ThenItIsThere()
    {
        using DefinitionFolder folder = new();
        folder.Write("secret.txt", "from a file\r\n");
        folder.Write("m.py", "def f(): pass\n");
        folder.Write("a.yaml", """
            environments: [{ name: Production }]
            tenants:
            - { name: Acme, tags: [Region/Europe, Size/Big], description: d }
            workers:
            - { name: w1, connection: local, pool: Default Worker Pool }
            variableSets:
            - name: Shared
              description: of all
              variables:
                Url: "#{Scheme}://x"
                "odd 'name' $(x)": ''
            - name: More
              variables:
              - { name: A, value: 1, description: why, scope: { environments: [production], tenants: [ACME], tenantTags: [region/europe], targetTags: [web], machines: [W1], runbooks: [r], steps: [s] } }
              - { name: A, value: 2 }
              - { name: Pool, pool: Default Worker Pool, scope: { environments: [Production] } }
              - { name: Password, sensitive: true, valueFromFile: secret.txt }
              - { name: Path, valueFromEnvironment: PATH }
            scriptModules:
            - { name: tools, file: m.py }
            - { name: funcs, syntax: powershell, body: "function f {}", description: d }
            runbooks:
            - name: R
              variables: { Scheme: https }
              variableSets: [Shared, More]
              prompts:
              - { name: Version, label: Which, description: d, required: true, default: 1.10 }
              - { name: Colour, options: [red, { value: g, label: green }], default: g }
              - { name: Sure, control: checkbox, default: false }
              - { name: Notes, control: multiLine }
              - { name: Token, control: sensitive }
              steps:
              - name: s
                poolVariable: Pool
                demands: [kubectl, pwsh >= 7.4]
                tenantTags: [Region/Europe]
                condition: { variable: "#{Deploy}" }
                python: print(1)
              - { name: t, script: { file: m.py, modules: [Tools] } }
              - { name: u, powershell: "1" }
              - { name: v, runbook: { name: R, variables: { Version: "#{Version}", B: '' } }, disabled: true }
            """);
        DefinitionSet set = await folder.ReadAsync();
        Assert.Empty(set.CheckReferences(KnownNames.NewStore));
        Assert.Equal([new("Region", "Europe"), new TenantTag("Size", "Big")], Assert.Single(set.Tenants).Value.Tags);
        Assert.Equal([("Url", "#{Scheme}://x"), ("odd 'name' $(x)", "")], set.VariableSets[0].Value.Variables.Select(value => (value.Name, value.Value)));
        IReadOnlyList<VariableDefinition> more = set.VariableSets[1].Value.Variables;
        Assert.Equal(["1", "2", "Default Worker Pool", "from a file", Environment.GetEnvironmentVariable("PATH")], more.Select(value => value.Value));
        Assert.Equal([VariableKind.Text, VariableKind.Text, VariableKind.WorkerPool, VariableKind.Sensitive, VariableKind.Text], more.Select(value => value.Kind));
        VariableScope scope = more[0].Scope;
        Assert.Equal(
            ["production", "ACME", "region/europe", "web", "W1", "r", "s"],
            new[] { scope.Environments, scope.Tenants, scope.TenantTags, scope.TargetTags, scope.Machines, scope.Runbooks, scope.Steps }.Select(names => names.Single()));
        Assert.Equal([ScriptSyntax.Python, ScriptSyntax.PowerShell], set.ScriptModules.Select(module => module.Value.Syntax));
        RunbookDefinition runbook = Assert.Single(set.Runbooks).Value;
        Assert.Equal("https", Assert.Single(runbook.Variables).Value);
        Assert.Equal(["Shared", "More"], runbook.VariableSets);
        Assert.Equal(
            [PromptControl.SingleLine, PromptControl.DropDown, PromptControl.Checkbox, PromptControl.MultiLine, PromptControl.Sensitive],
            runbook.Prompts.Select(prompt => prompt.Control));
        Assert.Equal([new("red", "red"), new PromptOption("g", "green")], runbook.Prompts[1].Options);
        Assert.Equal(("1.10", true, "Which"), (runbook.Prompts[0].Default, runbook.Prompts[0].Required, runbook.Prompts[0].Label));
        StepDefinition step = runbook.Steps[0];
        Assert.Equal(("Pool", null, StepCondition.Variable, "#{Deploy}"), (step.PoolVariable, step.Pool, step.Condition, step.ConditionExpression));
        Assert.Equal(["kubectl", "pwsh >= 7.4"], step.Demands.Select(demand => demand.ToString()));
        Assert.Equal(
            [ScriptSyntax.Python, ScriptSyntax.Python, ScriptSyntax.PowerShell], runbook.Steps.Take(3).Select(one => ((ScriptAction)one.Action).Syntax));
        Assert.Equal(["Tools"], ((ScriptAction)runbook.Steps[1].Action).Modules);
        Assert.Equal("#{Version}", ((RunRunbookAction)runbook.Steps[3].Action).Variables["version"]);
    }

    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "variableSets: [{ name: S, variables: [{ name: A, value: 1 }, { name: a, value: 2 }] }]", "a.yaml:1:70: variable 'a' has two values with the same scope (unscoped); the other is at a.yaml:1:47" },
        { "variableSets: [{ name: S, variables: { A: 1, a: 2 } }]", "a.yaml:1:46: variable 'a' has two values with the same scope (unscoped); the other is at a.yaml:1:40" },
        { "variableSets: [{ name: S, variables: [{ name: A, valu: 1 }] }]", "a.yaml:1:50: unknown key 'valu'; did you mean 'value'?" },
        { "variableSets: [{ name: S, variables: [{ name: A, value: x, pool: P }] }]", "a.yaml:1:60: a variable has exactly one of 'value', 'pool', 'valueFromEnvironment' and 'valueFromFile', this one has 'value' and 'pool'" },
        { "variableSets: [{ name: S, variables: [{ name: A, value: abc, sensitive: true }] }]", "a.yaml:1:47: the sensitive value of variable 'A' has three characters or less, or nothing but spaces, and could not be masked. Give a longer one, or do not mark it as sensitive" },
        { "variableSets: [{ name: S, variables: [{ name: A, pool: P, sensitive: true }] }]", "a.yaml:1:59: the name of a worker pool is shown in plans and cannot be sensitive" },
        { "variableSets: [{ name: S, variables: [{ name: A, valueFromEnvironment: NO_SUCH_THING }] }]", "a.yaml:1:72: the environment has no variable 'NO_SUCH_THING'" },
        { "variableSets: [{ name: S, variables: [{ name: A, pool: P, scope: { machines: [m] } }] }]", "a.yaml:1:68: 'machines': a worker pool is found before there is a machine; scope it to environments, tenants, tenant tags, runbooks or steps" },
        { "variableSets: [{ name: S, variables: [{ name: A, value: x, scope: { environments: [] } }] }]", "a.yaml:1:83: 'environments': a scope with an empty list would apply everywhere; name something, or leave the key out" },
        { "variableSets: [{ name: S, variables: [{ name: A, value: x, scope: { enviroments: [P] } }] }]", "a.yaml:1:69: unknown key 'enviroments'; did you mean 'environments'?" },
        { "variableSets: [{ name: S, variables: [{ name: A, value: x, scope: { tenantTags: [Europe] } }] }]", "a.yaml:1:82: 'Europe' is not a tenant tag. Write it as Set/Tag, for example Region/Europe" },
        { "variableSets: [{ name: S, variables: { A: [1] } }]", "a.yaml:1:43: 'variables': expected a text, found a list; for scopes and secrets write a list: '- { name: …, value: …, scope: … }'" },
        { "variableSets: [{ name: S, variables: { A: } }]", "a.yaml:1:40: 'A' has no value; for an empty one write ''" },
        { "variableSets: [{ name: S, variables: { '': x } }]", "a.yaml:1:40: the name of a variable is empty. Give it another" },
        { "variableSets: [{ name: S }, { name: s }]", "a.yaml:1:37: two variable sets are named 's'; the other is at a.yaml:1:24" },
        { "tenants: [{ name: T, tags: [A/b, a/B] }]", "a.yaml:1:34: 'tags': 'a/B' is in the list twice" },
        { "scriptModules: [{ name: M, body: x, syntax: perl }]", "a.yaml:1:45: 'syntax': unknown word 'perl'; it may be 'bash', 'powershell', 'python'" },
        { "scriptModules: [{ name: M }]", "a.yaml:1:17: a script module has either 'body' or 'file', this one has neither" },
        { Runbook("prompts: [{ name: P, control: dropDown }]"), "a.yaml:1:44: a drop-down needs 'options'" },
        { Runbook("prompts: [{ name: P, options: [a, b], default: c }]"), "a.yaml:1:70: 'default': 'c' is none of the options" },
        { Runbook("prompts: [{ name: P, control: sensitive, default: c }]"), "a.yaml:1:73: 'default': a secret has none here; give the runbook a sensitive variable of that name" },
        { Runbook("prompts: [{ name: P }, { name: p }]"), "a.yaml:1:54: two prompts are for the variable 'p'; the other is at a.yaml:1:41" },
        { Runbook("variables: [{ name: A, value: x, scope: { steps: [T] } }]"), "a.yaml:1:73: the runbook has no step named 'T'" },
        { "runbooks: [{ name: R, steps: [{ name: S, bash: x, pool: P, poolVariable: V }] }]", "a.yaml:1:60: a step has 'pool' or 'poolVariable', not both" },
        { "runbooks: [{ name: R, steps: [{ name: S, bash: x, demands: ['pwsh >= new'] }] }]", "a.yaml:1:61: 'pwsh >= new' is not a demand. Write a capability, or a capability with a version: kubectl, pwsh >= 7.4" },
        { "runbooks: [{ name: R, steps: [{ name: S, bash: x, condition: { variables: x } }] }]", "a.yaml:1:64: unknown key 'variables'; did you mean 'variable'?" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task GivenSomethingWrong_WhenRead_ThenItsPlaceAndTheRemedyAreNamed(string yaml, string problem)
        => Assert.Contains(problem, await DefinitionFolder.ReadTextProblemsAsync(yaml));

    [Fact]
    public async Task GivenNamesOfNothing_WhenChecked_ThenEachIsAProblemWithTheNearestWord()
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", """
            environments: [{ name: Production }]
            tenants: [{ name: Acme, tags: [Region/Europe] }]
            variableSets:
            - name: Shared
              variables:
              - { name: A, value: x, scope: { environments: [Prodution] } }
              - { name: A, value: y, scope: { tenants: [Acne], tenantTags: [Region/Europa] } }
              - { name: A, value: z, scope: { machines: [m], runbooks: [Q], steps: [Stp] } }
              - { name: P, pool: Setup }
            runbooks:
            - name: R
              variableSets: [Sharde]
              steps: [{ name: Step, tenantTags: [Size/Big], script: { body: x, modules: [tools] } }]
            """);
        Assert.Equal(
            [
                "a.yaml:6:50: there is no environment named 'Prodution'; did you mean 'Production'?",
                "a.yaml:7:45: there is no tenant named 'Acne'; did you mean 'Acme'?",
                "a.yaml:7:65: there is no tenant tag named 'Region/Europa'; did you mean 'Region/Europe'?",
                "a.yaml:8:46: there is no worker or deployment target named 'm'",
                "a.yaml:8:61: there is no runbook named 'Q'",
                "a.yaml:8:73: there is no step named 'Stp'; did you mean 'Step'?",
                "a.yaml:9:22: there is no worker pool named 'Setup'",
                "a.yaml:12:18: there is no variable set named 'Sharde'; did you mean 'Shared'?",
                "a.yaml:13:38: there is no tenant tag named 'Size/Big'",
                "a.yaml:13:78: there is no script module named 'tools'",
            ],
            (await folder.ReadAsync()).CheckReferences(KnownNames.NewStore).Select(problem => folder.Relative(problem.ToString())));
    }

    [Fact]
    public async Task GivenSecretsThatAreWrong_WhenRead_ThenNoProblemShowsThem()
    {
        string[] problems = await DefinitionFolder.ReadTextProblemsAsync("""
            variableSets:
            - name: S
              variables:
              - { name: A, value: hunter2secret, pool: P, sensitive: true }
              - { name: B, value: hunter2secret, sensitive: yes }
              - { name: C, value: "hunter2secret\0", sensitive: true }
              - { value: hunter2secret, sensitive: true }
            """);
        Assert.True(problems.Length >= 4);
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal));
    }

    private static string Runbook(string more) => $"runbooks: [{{ name: R, {more}, steps: [{{ name: S, bash: x }}] }}]";
}
