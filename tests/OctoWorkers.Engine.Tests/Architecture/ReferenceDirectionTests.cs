using System.Reflection;
using Xunit;

namespace OctoWorkers.Engine.Tests.Architecture;

/// <summary>References point one way: Contracts, then Engine, then Storage and Runspaces, then the two fronts; of either pair neither knows the other.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly string[] Fronts = ["OctoWorkers.Cli", "OctoWorkers.PowerShell"];

    private static readonly string[] InnerToOuter = ["OctoWorkers.Contracts", "OctoWorkers.Engine", "OctoWorkers.Runspaces", "OctoWorkers.Storage", .. Fronts];

    // What belongs to storage and to the command, by the beginning of its name.
    private static readonly string[] NeverInTheEngine =
        ["OctoWorkers.Storage", "OctoWorkers.Runspaces", "OctoWorkers.Cli", "OctoWorkers.PowerShell", "octoworkers", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "System.CommandLine", "Spectre.Console", "System.Management.Automation"];

    public static TheoryData<string> Projects => [.. InnerToOuter];

    [Fact]
    public void GivenTheSourceProjects_WhenListed_ThenEachHasAPlaceInTheOrder()
        => Assert.Equal(InnerToOuter.Order(StringComparer.Ordinal), SourceProject.All().Select(project => project.Name));

    [Theory]
    [MemberData(nameof(Projects))]
    public void GivenAProject_WhenItRefersToOthers_ThenTheyAreFurtherIn(string name)
    {
        SourceProject project = SourceProject.All().Single(candidate => candidate.Name == name);

        string[] tools = ["OctoWorkers.HelpBuilder", "OctoWorkers.RemotingDeclarations"];

        // Tools are used when a project is built and are no part of it.
        Assert.All(project.Projects.Except(tools), other => Assert.Contains(other, InnerToOuter.TakeWhile(inner => inner != name).Except(Fronts).Except(name == "OctoWorkers.Storage" ? new[] { "OctoWorkers.Runspaces" } : [])));
    }

    [Fact]
    public void GivenContracts_WhenItsReferencesAreRead_ThenThereAreNone()
    {
        SourceProject contracts = SourceProject.All().Single(project => project.Name == "OctoWorkers.Contracts");

        Assert.Empty(contracts.Projects);
        Assert.Empty(contracts.Packages);
    }

    [Fact]
    public void GivenTheContractsAssembly_WhenItsReferencesAreRead_ThenAllAreOfTheRuntime()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] references = References(typeof(RunbookDefinition).Assembly);

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(File.Exists(Path.Combine(runtime, $"{reference}.dll")), $"{reference} is not part of the runtime."));
    }

    [Fact]
    public void GivenTheEngine_WhenItsReferencesAreRead_ThenNothingOfStorageOrCommandIsAmongThem()
    {
        SourceProject engine = SourceProject.All().Single(project => project.Name == "OctoWorkers.Engine");
        string[] references = References(typeof(Engine.Planning.RunPlanner).Assembly);

        Assert.Contains("OctoWorkers.Contracts", references);
        Assert.All(
            references.Concat(engine.Packages),
            reference => Assert.DoesNotContain(NeverInTheEngine, banned => reference.StartsWith(banned, StringComparison.Ordinal)));
    }

    [Fact]
    public void GivenStorage_WhenItsReferencesAreRead_ThenTheCommandIsNotAmongThem()
        => Assert.DoesNotContain("octoworkers", References(Assembly.Load("OctoWorkers.Storage")));

    [Fact]
    public void GivenTheSourceProjects_WhenTheirPackagesAreRead_ThenOnlyTheModuleAndTheSessionsKnowPowerShell()
        => Assert.Equal(
            ["OctoWorkers.PowerShell", "OctoWorkers.Runspaces"],
            SourceProject.All().Where(project => project.Packages.Contains("PowerShellStandard.Library")).Select(project => project.Name));

    private static string[] References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)];
}
