using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>What tests about deployment targets begin with.</summary>
internal static class TargetWorld
{
    /// <summary>A world with deployment targets of the tag <c>web</c>, each of which is this machine.</summary>
    public static async Task<RunWorld> WorldAsync(params string[] targets)
    {
        RunWorld world = await CreateAsync();
        foreach (string name in targets)
        {
            await world.First.Store.PutTargetAsync(new(name, new LocalConnection(), [TestEnvironment], ["web"]), true, TestContext.Current.CancellationToken);
        }

        return world;
    }

    /// <summary>A step on each target of a tag, or on a worker on behalf of each.</summary>
    public static StepDefinition On(string name, string script, bool onWorker = false, int? window = null, string tag = "web")
        => Step(name, script) with { Targets = new([tag]) { OnWorker = onWorker, Window = window } };
}
