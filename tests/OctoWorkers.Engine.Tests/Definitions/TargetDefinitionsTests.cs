using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class TargetDefinitionsTests
{
    private const string Environment = "environments: [{ name: Test }]\n";

    public static TheoryData<string, string> Bad => new()
    {
        { "targets: [{ connection: local, environments: [Test], tags: [web] }]\n", "a.yaml:1:11: a deployment target needs 'name'" },
        { "targets: [{ name: t, connection: local, tags: [web] }]\n", "a.yaml:1:11: a deployment target needs 'environments'" },
        { "targets: [{ name: t, connection: local, environments: [Test], tags: [] }]\n", "a.yaml:1:69: 'tags': a deployment target has at least one, found an empty list" },
        { "targets: [{ name: t, connection: local, environments: [Test], tags: [web], pool: P }]\n", "a.yaml:1:76: unknown key 'pool'; a deployment target may have 'name', 'connection', 'environments', 'tags', 'policy', 'disabled', 'bypassDeploymentMutex', 'tenants', 'tenantTags', 'participation'" },
        { "targets: [{ name: t, connection: local, environments: [Test], tags: [web], participation: Tenanted }]\n", "a.yaml:1:91: a deployment target that is Tenanted needs a tenant or a tenant tag, or no run for a tenant would choose it. Name at least one, or make it Untenanted" },
        { "targets: [{ name: t, connection: local, environments: [Test], tags: [web], tenants: [A], participation: Untenanted }]\n", "a.yaml:1:105: a deployment target that is Untenanted has no tenants. Leave out its tenants and tenant tags, or make it Tenanted or TenantedOrUntenanted" },
        { "targets: [{ name: t, connection: local, environments: [Test], tags: [web], tenants: [A], participation: Tennanted }]\n", "a.yaml:1:105: 'participation': unknown word 'Tennanted'; did you mean 'Tenanted'?" },
        { "workers: [{ name: t, connection: local, pool: P }]\ntargets: [{ name: T, connection: local, environments: [Test], tags: [web] }]\n", "a.yaml:2:19: a deployment target and a worker are named 'T'; machines have names of their own, and the other is at a.yaml:1:19" },
        { Step("targets: []"), "a.yaml:1:60: 'targets': a step names at least one tag of deployment targets, found an empty list" },
        { Step("targets: { onWorker: true }"), "a.yaml:1:60: 'targets' needs 'tags'" },
        { Step("targets: { tags: web, window: 0 }"), "a.yaml:1:81: 'window': expected a whole number of at least 1, found '0'" },
        { Step("targets: { tags: web, windows: 1 }"), "a.yaml:1:73: unknown key 'windows'; did you mean 'window'?" },
        { Step("targets: web, pool: P"), "a.yaml:1:65: 'pool': a step that runs on deployment targets draws no worker; write 'targets: { tags: [...], onWorker: true }' to run it on a worker on behalf of each" },
        { "runbooks: [{ name: R, steps: [{ name: S, manual: x, targets: web }] }]\n", "a.yaml:1:53: 'targets': only a script is run for deployment targets; leave them out, or run a script" },
        { "runbooks: [{ name: R, unavailableTargets: skipp, steps: [{ name: S, bash: x }] }]\n", "a.yaml:1:43: 'unavailableTargets': unknown word 'skipp'; did you mean 'skip'?" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task GivenBadFile_WhenRead_ThenTheProblemIsNamedWithItsPlace(string yaml, string problem)
        => Assert.Equal([problem], await DefinitionFolder.ReadTextProblemsAsync(yaml));

    [Fact]
    public async Task GivenTagThatNoTargetHas_WhenChecked_ThenTheNearestIsSuggested()
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", Environment + "targets: [{ name: t, connection: local, environments: [Tset], tags: [web] }]\n" + Step("targets: wbe"));
        DefinitionSet set = await folder.ReadAsync();
        Assert.Equal(
            ["there is no environment named 'Tset'; did you mean 'Test'?", "there is no deployment target tag named 'wbe'; did you mean 'web'?"],
            set.CheckReferences(KnownNames.NewStore).Select(problem => problem.Message));
    }

    [Fact]
    public async Task GivenTargets_WhenRead_ThenAllIsAsWritten()
    {
        using DefinitionFolder folder = new();
        folder.Write(
            "a.yaml",
            Environment + "policies: [{ name: Lenient, unavailableTargets: skip }]\n"
            + "targets: [{ name: t, connection: { ssh: h }, environments: [Test], tags: [web, db], policy: Lenient, disabled: true, bypassDeploymentMutex: true }]\n"
            + "runbooks: [{ name: R, unavailableTargets: fail, steps: [{ name: a, bash: x, targets: web }, { name: b, bash: x, targets: [web, db] }, { name: c, bash: x, pool: Default Worker Pool, targets: { tags: [web], onWorker: true, window: 2 } }] }]\n");
        DefinitionSet set = await folder.ReadAsync();
        Assert.Empty(set.CheckReferences(KnownNames.NewStore));
        DeploymentTargetDefinition target = Assert.Single(set.Targets).Value;
        Assert.Equal(("t", "h", "Lenient", true, true), (target.Name, ((SshConnection)target.Connection).Host, target.Policy, target.Disabled, target.BypassDeploymentMutex));
        Assert.Equal(["web", "db"], target.Tags);
        Assert.Equal(UnavailableTargets.Skip, Assert.Single(set.Policies).Value.UnavailableTargets);
        RunbookDefinition runbook = Assert.Single(set.Runbooks).Value;
        Assert.Equal(UnavailableTargets.Fail, runbook.UnavailableTargets);
        Assert.Equal([new(["web"]), new(["web", "db"]), new(["web"]) { OnWorker = true, Window = 2 }], runbook.Steps.Select(step => step.Targets));

        StringWriter written = new();
        RunbookWriter.Write([runbook], written);
        folder.Write("a.yaml", written.ToString());
        Assert.True(SameDefinition.Is(runbook, Assert.Single((await folder.ReadAsync()).Runbooks).Value));
    }

    [Fact]
    public async Task GivenTargetsForTenants_WhenRead_ThenParticipationFollowsAndTenantsMustExist()
    {
        using DefinitionFolder folder = new();
        string Target(string name, string keys) => $"  - {{ name: {name}, connection: local, environments: [Test], tags: [web]{keys} }}\n";
        folder.Write(
            "a.yaml",
            Environment + "tenants: [{ name: Acme, tags: [Ring/Early] }]\ntargets:\n" + Target("a", "") + Target("b", ", tenants: [acme]")
            + Target("c", ", tenantTags: [Ring/Early], participation: tenantedOrUntenanted") + Target("d", ", tenants: [Acmee]"));
        DefinitionSet set = await folder.ReadAsync();
        Assert.Equal(["there is no tenant named 'Acmee'; did you mean 'Acme'?"], set.CheckReferences(KnownNames.NewStore).Select(problem => problem.Message));
        Assert.Equal(
            ["Untenanted", "Tenanted: acme", "TenantedOrUntenanted: Ring/Early", "Tenanted: Acmee"], set.Targets.Select(target => target.Value.Tenants.ToString()));
    }

    private static string Step(string keys) => $"runbooks: [{{ name: R, steps: [{{ name: S, bash: x, {keys} }}] }}]\n";
}
