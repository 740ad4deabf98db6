using OctoWorkers.Engine.Variables;
using Xunit;

namespace OctoWorkers.Engine.Tests.Variables;

public sealed class VariableResolverTests
{
    private static readonly ScopeContext Here = new()
    {
        Step = "Deploy", Machine = "web1", TargetTags = ["web"], Tenant = "Acme", TenantTags = [new("Region", "Europe"), new("Size", "Big")],
        Environment = "Production", Runbook = "R",
    };

    private static readonly VariableScope[] BestFirst =
    [
        new() { Steps = ["deploy"] }, new() { Machines = ["WEB1"] }, new() { TargetTags = ["Web"] }, new() { Tenants = ["acme"] },
        new() { TenantTags = ["region/europe"] }, new() { Environments = ["production"] }, new() { Runbooks = ["r"] }, VariableScope.Unscoped,
    ];

    [Fact]
    public void GivenOneValueOfEachKindOfScope_WhenResolved_ThenTheyWinInTheOrderOfTheRules()
    {
        for (int first = 0; first < BestFirst.Length; first++)
        {
            SourcedVariable[] values = [.. BestFirst.Skip(first).Select((scope, index) => Set("A", $"{first + index}", scope))];
            ResolvedVariable found = Assert.Single(VariableResolver.Resolve(values.Reverse(), Here));
            Assert.Equal($"{first}", found.Winner.Definition.Value);
            Assert.Equal(BestFirst.Length - first - 1, found.Others.Count);
            Assert.All(found.Others, other => Assert.True(other.Applies));
        }
    }

    [Fact]
    public void GivenTheMostSpecificKind_WhenAllOthersAreAgainstIt_ThenItStillWins()
    {
        VariableScope allButStep = new()
        {
            Machines = ["web1"], TargetTags = ["web"], Tenants = ["Acme"], TenantTags = ["Size/Big"], Environments = ["Production"], Runbooks = ["R"],
        };
        Assert.Equal("step", Resolve(Runbook("A", "all", allButStep), Set("A", "step", BestFirst[0])).Winner.Definition.Value);
    }

    [Theory]
    [InlineData(VariableSource.Given)]
    [InlineData(VariableSource.Output)]
    public void GivenAValueOfTheRun_WhenOthersAreMoreSpecific_ThenItWins(VariableSource source)
    {
        ResolvedVariable found = Resolve(Set("A", "set", BestFirst[0]), Runbook("A", "own", BestFirst[0]), Of(source, "A", "run"), Of(VariableSource.System, "A", "engine"));
        Assert.Equal("run", found.Winner.Definition.Value);
        Assert.Equal(3, found.Others.Count);
    }

    [Fact]
    public void GivenGivenAndOutputValue_WhenResolved_ThenTheGivenOneWins()
        => Assert.Equal("given", Resolve(Of(VariableSource.Output, "A", "output"), Of(VariableSource.Given, "a", "given")).Winner.Definition.Value);

    [Fact]
    public void GivenSetThatIsMoreSpecificThanTheRunbook_WhenResolved_ThenTheSetWins()
    {
        ResolvedVariable found = Resolve(Runbook("A", "own", VariableScope.Unscoped), Set("A", "set", BestFirst[5]));
        Assert.Equal("set", found.Winner.Definition.Value);
        Assert.Equal("environment 'production'; a scope by environment is more specific than an unscoped value", found.Reason);
        Assert.Equal("an unscoped value is less specific than a scope by environment", found.Others[0].Reason);
    }

    [Fact]
    public void GivenSameRank_WhenResolved_ThenTheRunbooksValueWins()
    {
        ResolvedVariable found = Resolve(Set("A", "set", BestFirst[5]), Runbook("A", "own", BestFirst[5]));
        Assert.Equal("own", found.Winner.Definition.Value);
        Assert.Contains("the runbook's value wins", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenEnginesOwnValue_WhenSomebodyDefinesIt_ThenTheEnginesComesLast()
    {
        Assert.Equal("mine", Resolve(Of(VariableSource.System, "A", "engine"), Set("A", "mine", VariableScope.Unscoped)).Winner.Definition.Value);
        Assert.Equal("engine", Resolve(Of(VariableSource.System, "A", "engine"), Set("A", "elsewhere", new() { Environments = ["Test"] })).Winner.Definition.Value);
    }

    [Theory]
    [InlineData("Region/Europe", true)]
    [InlineData("Region/Asia,Region/Europe", true)]
    [InlineData("Region/Europe,Size/Big", true)]
    [InlineData("Region/Europe,Size/Small", false)]
    [InlineData("Region/Asia", false)]
    [InlineData("Region/Asia,Region/Europe,Size/Small,Size/Big", true)]
    public void GivenTenantTags_WhenMatched_ThenAnyOfOneSetAndAllSetsCount(string tags, bool applies)
    {
        ResolvedVariable? found = VariableResolver.ResolveOne([Set("A", "x", new() { TenantTags = tags.Split(',') })], Here);
        Assert.Equal(applies, found is not null);
    }

    [Fact]
    public void GivenNoTenant_WhenAValueIsForTenants_ThenItDoesNotApplyAndSaysWhy()
    {
        ResolvedVariable? found = VariableResolver.ResolveOne(
            [Set("A", "x", new() { Tenants = ["Acme"] }), Set("A", "y", VariableScope.Unscoped), Set("A", "z", new() { Environments = ["Test"] })],
            Here with { Tenant = null, TenantTags = [] });
        Assert.Equal("y", found!.Winner.Definition.Value);
        Assert.Equal(
            ["only for environment 'Test', not for 'Production'", "only for tenant 'Acme', and here there is none"],
            found.Others.Select(other => other.Reason));
        Assert.All(found.Others, other => Assert.False(other.Applies));
    }

    [Fact]
    public void GivenTwoValuesThatTie_WhenResolved_ThenBothAreNamedWithTheirPlaces()
    {
        SourcedVariable[] values =
        [
            new(VariableSource.VariableSet, "variable set 'One'", VariableDefinition.Text("Port", "1") with { Scope = new() { Environments = ["Production"] } }),
            new(VariableSource.VariableSet, "variable set 'Two'", VariableDefinition.Text("port", "2") with { Scope = new() { Environments = ["Test", "Production"] } }),
        ];
        OctoWorkersException tie = Assert.Throws<OctoWorkersException>(() => VariableResolver.Resolve(values, Here));
        Assert.Equal(EngineError.VariableConflict, tie.Error);
        Assert.Equal(
            "Variable 'Port' has two values that apply, and none is more specific: one of variable set 'One' (environment 'Production'); "
            + "one of variable set 'Two' (environment 'Test' or 'Production'). Scope one of them more narrowly, or remove it.",
            tie.Message);
        Assert.Equal("0", Resolve([.. values, Of(VariableSource.Given, "PORT", "0")]).Winner.Definition.Value);
    }

    [Theory]
    [InlineData("it's \"quoted\" `here`")]
    [InlineData("two\r\nlines\t")]
    [InlineData("$(rm -rf /) ${x} #{y} && z")]
    [InlineData("größe 名前 😀")]
    public void GivenOddName_WhenResolved_ThenItIsAVariableLikeAnyOther(string name)
        => Assert.Equal("x", Resolve(Set(name, "x", BestFirst[0]), Set(name.ToUpperInvariant(), "y", VariableScope.Unscoped)).Winner.Definition.Value);

    [Fact]
    public void GivenLongName_WhenItsValuesTie_ThenTheMessageStaysShort()
    {
        string name = new('n', VariableDefinition.MaxNameLength);
        OctoWorkersException tie = Assert.Throws<OctoWorkersException>(
            () => Resolve(Set(name, "1", VariableScope.Unscoped), Set(name, "2", VariableScope.Unscoped)));
        Assert.InRange(tie.Message.Length, 50, 500);
        Assert.Throws<OctoWorkersException>(() => VariableDefinition.Text(name + "n", ""));
    }

    private static ResolvedVariable Resolve(params SourcedVariable[] values) => Assert.Single(VariableResolver.Resolve(values, Here));

    private static SourcedVariable Of(VariableSource source, string name, string value) => new(source, $"{source}", VariableDefinition.Text(name, value));

    private static SourcedVariable Set(string name, string value, VariableScope scope)
        => new(VariableSource.VariableSet, "variable set 'S'", VariableDefinition.Text(name, value) with { Scope = scope });

    private static SourcedVariable Runbook(string name, string value, VariableScope scope)
        => new(VariableSource.Runbook, "runbook 'R'", VariableDefinition.Text(name, value) with { Scope = scope });
}
