using OctoWorkers.Engine.Locks;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class TargetContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly DeploymentTargetDefinition Web = new("web-1", new LocalConnection(), ["Test"], ["web", "db"]);

    [Fact]
    public async Task GivenTarget_WhenPutAgain_ThenItIsChangedAndKeepsItsIdAndIsNoWorker()
    {
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        await Store.PutEnvironmentAsync(new("Other"), true, Cancel);
        DeploymentTargetRecord first = await Store.PutTargetAsync(Web, true, Cancel);
        await Store.SetWorkerHealthAsync(first.Machine.Id, new(HealthStatus.Healthy, Sample.Now, "", new Dictionary<string, string> { ["bash"] = "5" }), Cancel);
        DeploymentTargetRecord second = await Store.PutTargetAsync(
            new("WEB-1", Web.Connection, ["Other"], ["web"]) { Disabled = true, BypassDeploymentMutex = true }, false, Cancel);
        Assert.Equal((first.Id, true, true, HealthStatus.Healthy), (second.Id, second.Disabled, second.BypassDeploymentMutex, second.Health.Status));
        Assert.Equal(["Other"], second.Environments);
        Assert.Equal(["web"], second.Tags);
        Assert.Equal($"Machines-{first.Id.Number}", second.Machine.MachineId);
        Assert.Empty(await Store.GetWorkersAsync(Cancel));
        Assert.Equal("WEB-1", Assert.Single(await Store.GetTargetsAsync(Cancel)).Name);
        Assert.Equal("WEB-1", Assert.Single((await Store.GetPlanningFactsAsync(null, Cancel)).Targets).Name);
        Assert.Equal("WEB-1", Assert.Single((await Store.GetDefinitionsAsync(Cancel)).Targets).Name);
        Assert.False((await Store.SetTargetDisabledAsync("web-1", false, Cancel)).Disabled);
        Assert.Empty(await Store.CheckAsync(Cancel));
        Assert.Contains(await Store.GetAuditAsync(new(), Cancel), entry => entry is { Subject: "deployment target 'WEB-1'", Action: AuditAction.TargetStateChanged });
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutTargetAsync(Web, true, Cancel));
        await FailsAsync(EngineError.EnvironmentNotFound, () => Store.PutTargetAsync(new("x", Web.Connection, ["Nowhere"], ["web"]), true, Cancel));
        await FailsAsync(EngineError.MachinePolicyNotFound, () => Store.PutTargetAsync(new("x", Web.Connection, ["Test"], ["web"]) { Policy = "none" }, true, Cancel));
    }

    [Fact]
    public async Task GivenTargetForTenants_WhenReadChangedAndItsTenantRemoved_ThenItIsAsItWasPutAndTheTenantIsInUse()
    {
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        await Store.PutTenantAsync(new("Acme") { Tags = [new("Ring", "Early")] }, true, Cancel);
        TargetTenants tenants = TargetTenants.Of(TenantParticipation.TenantedOrUntenanted, ["Acme"], [new("Ring", "Early")]);
        Assert.Equal(tenants, (await Store.PutTargetAsync(Web with { Tenants = tenants }, true, Cancel)).Tenants);
        Assert.Equal(tenants, Assert.Single((await Store.GetPlanningFactsAsync(null, Cancel)).Targets).Tenants);
        Assert.Contains("deployment target 'web-1'", (await FailsAsync(EngineError.InUse, () => Store.RemoveTenantAsync("acme", Cancel))).Message, StringComparison.Ordinal);
        await FailsAsync(EngineError.TenantNotFound, () => Store.PutTargetAsync(Web with { Tenants = TargetTenants.Of(null, ["Nobody"], []) }, false, Cancel));
        await FailsAsync(EngineError.InvalidArgument, () => Store.PutTargetAsync(Web with { Tenants = TargetTenants.Of(null, [], [new("Ring", "Late")]) }, false, Cancel));
        await Store.PutTenantAsync(new("Acme"), false, Cancel);
        Assert.True((await Store.PutTargetAsync(Web with { Tenants = tenants, Disabled = true }, false, Cancel)).Machine.State == WorkerState.Disabled);
        Assert.Equal(TargetTenants.None, (await Store.PutTargetAsync(Web, false, Cancel)).Tenants);
        await Store.RemoveTenantAsync("acme", Cancel);
    }

    [Fact]
    public async Task GivenTargetAndWorker_WhenOneIsToHaveTheOthersName_ThenItIsRefusedAndNeitherIsFoundAsTheOther()
    {
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        await Store.PutTargetAsync(Web, true, Cancel);
        await AddWorkerAsync("w", WorkerPoolDefinition.DefaultName);
        Assert.Contains("a deployment target 'WEB-1'", (await FailsAsync(EngineError.AlreadyExists, () => AddWorkerAsync("WEB-1", WorkerPoolDefinition.DefaultName))).Message, StringComparison.Ordinal);
        Assert.Contains("a worker 'W'", (await FailsAsync(EngineError.AlreadyExists, () => Store.PutTargetAsync(new("W", Web.Connection, ["Test"], ["web"]), false, Cancel))).Message, StringComparison.Ordinal);
        await FailsAsync(EngineError.WorkerNotFound, () => Store.RemoveWorkerAsync("web-1", Cancel));
        await FailsAsync(EngineError.WorkerNotFound, () => Store.SetWorkerStateAsync("web-1", WorkerState.Disabled, Cancel));
        await FailsAsync(EngineError.TargetNotFound, () => Store.RemoveTargetAsync("w", Cancel));
        await FailsAsync(EngineError.InUse, () => Store.RemoveEnvironmentAsync("test", Cancel));
        await Store.RemoveTargetAsync("WEB-1", Cancel);
        await Store.RemoveEnvironmentAsync("test", Cancel);
    }

    [Fact]
    public async Task GivenPlannedTargets_WhenTheRunLasts_ThenTheyAreHeldAndCannotBeRemoved()
    {
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        DeploymentTargetRecord target = await Store.PutTargetAsync(Web, true, Cancel);
        RunRecord run = await CreateRunAsync(EngineId.New());
        PlannedStep step = new(1, "a", null, null, "", null, null, null) { Targets = [new(2, target.Id, target.Name, target.Tags)] };
        await Store.PlanAsync(run.Id, run.FencingToken, _ => [new RunPlanned(new([step, step with { Number = 2 }], [])) { At = Sample.Now }, new RunStarted { At = Sample.Now }], Cancel);
        WorkerLease lease = Assert.Single(await Store.GetLeasesAsync(Cancel));
        Assert.Equal((run.Id, target.Id.ToString(), "web-1"), (lease.Run, lease.Key.Text, lease.WorkerName));
        Assert.Equal(1, Assert.Single(await Store.GetTargetsAsync(Cancel)).Leases);
        Assert.Contains($"{run.Id}", (await FailsAsync(EngineError.InUse, () => Store.RemoveTargetAsync("web-1", Cancel))).Message, StringComparison.Ordinal);
        await EndAsync(await Store.GetRunAsync(run.Id, Cancel), RunStatus.Success);
        await Store.RemoveTargetAsync("web-1", Cancel);
    }

    [Fact]
    public async Task GivenLockOfATarget_WhenAnotherStepOfTheSameRunAsks_ThenItWaitsAndIsToldTheRunbooksStep()
    {
        EngineId engine = EngineId.New();
        using IDisposable alive = Store.Register(engine);
        RunRecord run = await CreateRunAsync(engine);
        LockRequest first = new("Machines-1", "web-1", engine, run.Id, run.FencingToken, 5, false, LockMode.Write, Sample.Now) { IsTarget = true, OfStep = 2 };
        LockRequest second = first with { Step = 6, OfStep = 3 };
        Assert.Empty(await Store.TakeLockAsync(first, Cancel));
        MachineLock before = Assert.Single(await Store.TakeLockAsync(second, Cancel));
        Assert.Equal((run.Id, 2), (before.Run, before.Step));
        Assert.Empty(await Store.TakeLockAsync(first, Cancel));
        await Store.ReleaseLockAsync(first, Cancel);
        Assert.Empty(await Store.TakeLockAsync(second, Cancel));
    }
}
