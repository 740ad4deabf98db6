using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class ReferencesTests
{
    private const string Yaml = """
        environments:
        - name: Development
        pools:
        - name: Setup
        workers:
        - { name: w, connection: local, pools: [setup, Builders] }
        runbooks:
        - name: R
          environments: [Developmnt]
          steps:
          - { name: A, bash: x, pool: Setpu, environments: [QA], excludedEnvironments: [Production] }
          - { name: B, runbook: { name: Q, environment: Staging } }
          - { name: C, runbook: r, pool: Default Worker Pool }
        """;

    [Fact]
    public async Task GivenReferencesToNothing_WhenCheckedAgainstNewStore_ThenEachIsAProblem()
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", Yaml);
        DefinitionSet set = await folder.ReadAsync();

        Assert.Equal(
            [
                "a.yaml:6:48: there is no worker pool named 'Builders'",
                "a.yaml:9:18: there is no environment named 'Developmnt'; did you mean 'Development'?",
                "a.yaml:11:31: there is no worker pool named 'Setpu'; did you mean 'Setup'?",
                "a.yaml:11:53: there is no environment named 'QA'",
                "a.yaml:11:81: there is no environment named 'Production'",
                "a.yaml:12:33: there is no runbook named 'Q'",
                "a.yaml:12:49: there is no environment named 'Staging'",
            ],
            set.CheckReferences(KnownNames.NewStore).Select(problem => folder.Relative(problem.ToString())));
    }

    [Fact]
    public async Task GivenReferencesToTheStore_WhenChecked_ThenThereIsNoProblem()
    {
        DefinitionSet set = await DefinitionFolder.ReadTextAsync(Yaml);
        KnownNames store = new(["qa", "Production", "Staging", "Developmnt"], ["Default Worker Pool", "BUILDERS", "Setpu"], ["Q"]);

        Assert.Empty(set.CheckReferences(store));
    }
}
