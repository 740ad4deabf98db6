using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Variables;
using Xunit;

namespace OctoWorkers.Engine.Tests.Variables;

/// <summary>What holds for any values: few names and scopes, so that they meet and tie often.</summary>
public sealed class VariableLawTests
{
    private static readonly Gen<IReadOnlyList<string>> Words = Gen.Elements<IReadOnlyList<string>>([], [], ["a"], ["A"], ["b"], ["a", "b"]);
    private static readonly Gen<IReadOnlyList<string>> Tags = Gen.Elements<IReadOnlyList<string>>([], [], ["S/a"], ["S/a", "T/b"], ["S/a", "S/b"], ["T/a"]);

    private static readonly Gen<VariableScope> Scopes =
        from steps in Words
        from tags in Tags
        from tenants in Words
        from environments in Words
        from machines in Words
        select new VariableScope { Steps = steps, TenantTags = tags, Tenants = tenants, Environments = environments, Machines = machines };

    private static readonly Gen<SourcedVariable> Values =
        from source in Gen.Elements(VariableSource.Given, VariableSource.Runbook, VariableSource.Runbook, VariableSource.VariableSet, VariableSource.VariableSet, VariableSource.System)
        from name in Gen.Elements("X", "x", "Y")
        from scope in Scopes
        from place in Gen.Elements("one", "two")
        let isDefined = source is VariableSource.Runbook or VariableSource.VariableSet
        select new SourcedVariable(source, place, VariableDefinition.Text(name, "v") with { Scope = isDefined ? scope : VariableScope.Unscoped });

    private static readonly Gen<ScopeContext> Contexts =
        from step in Gen.Elements(null, "a", "b")
        from tenant in Gen.Elements(null, "a", "b")
        from machine in Gen.Elements(null, "a", "b")
        from tags in Gen.Elements<TenantTag[]>([], [new("S", "a")], [new("s", "A"), new("T", "b")])
        select new ScopeContext { Step = step, Tenant = tenant, TenantTags = tags, Machine = machine, Environment = "A", Runbook = "R" };

    private static readonly Arbitrary<(SourcedVariable[] Values, SourcedVariable[] Shuffled, ScopeContext Context)> Cases = Arb.From(
        from count in Gen.Choose(0, 8)
        from values in Gen.ArrayOf(Values, count)
        from shuffled in Gen.Shuffle(values)
        from context in Contexts
        select (values, shuffled, context));

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void WhateverTheOrderOfTheValues_ThenWinnersReasonsAndTiesAreTheSame()
        => Check.One(Many, Prop.ForAll(Cases, one => Text(one.Values, one.Context) == Text(one.Shuffled, one.Context)));

    [Fact]
    public void WhateverTheValues_ThenTheWinnersScopeMatchesAndNobodyThatAppliesIsStronger()
        => Check.One(Many, Prop.ForAll(Cases, one =>
        {
            foreach (ResolvedVariable found in Winners(one.Values, one.Context))
            {
                Assert.True(Applies(found.Winner.Definition.Scope, one.Context));
                SourcedVariable[] same = [.. one.Values.Where(value => EntityName.Comparer.Equals(value.Definition.Name, found.Name))];
                Assert.Equal(same.Length, 1 + found.Others.Count);
                foreach (OutrankedVariable other in found.Others)
                {
                    Assert.Equal(Applies(other.Variable.Definition.Scope, one.Context), other.Applies);
                    Assert.True(!other.Applies || Strength(found.Winner).CompareTo(Strength(other.Variable)) > 0);
                }
            }
        }));

    [Fact]
    public void WhateverTheValues_WhenAVariableHasOneThatApplies_ThenItIsResolvedOrTies()
        => Check.One(Many, Prop.ForAll(Cases, one =>
        {
            IReadOnlyList<ResolvedVariable>? found = null;
            try
            {
                found = VariableResolver.Resolve(one.Values, one.Context);
            }
            catch (OctoWorkersException tie)
            {
                Assert.Equal(EngineError.VariableConflict, tie.Error);
                Assert.Contains(
                    one.Values.Where(value => Applies(value.Definition.Scope, one.Context)).GroupBy(value => value.Definition.Name, EntityName.Comparer),
                    values => values.GroupBy(Strength).OrderByDescending(equal => equal.Key).First().Count() > 1);
                return;
            }

            Assert.Equal(
                one.Values.Where(value => Applies(value.Definition.Scope, one.Context)).Select(value => value.Definition.Name).Distinct(EntityName.Comparer).Count(),
                found.Count);
        }));

    private static IReadOnlyList<ResolvedVariable> Winners(SourcedVariable[] values, ScopeContext context)
    {
        try
        {
            return VariableResolver.Resolve(values, context);
        }
        catch (OctoWorkersException)
        {
            return [];
        }
    }

    private static string Text(SourcedVariable[] values, ScopeContext context)
    {
        try
        {
            return string.Join('\n', VariableResolver.Resolve(values, context).Select(found =>
                $"{found.Name.ToUpperInvariant()} {found.Winner.Source} {found.Winner.Place} {found.Reason} | {string.Join(';', found.Others.Select(other => $"{other.Variable.Place} {other.Reason}"))}"));
        }
        catch (OctoWorkersException tie)
        {
            return tie.Message.ToUpperInvariant();
        }
    }

    // The rules, written down once more.
    private static bool Applies(VariableScope scope, ScopeContext context)
        => Any(scope.Steps, context.Step) && Any(scope.Machines, context.Machine) && Any(scope.Tenants, context.Tenant) && Any(scope.Environments, context.Environment)
            && scope.TenantTags.GroupBy(tag => tag.Split('/')[0], StringComparer.OrdinalIgnoreCase)
                .All(set => set.Any(tag => context.TenantTags.Any(own => own.ToString().Equals(tag, StringComparison.OrdinalIgnoreCase))));

    private static bool Any(IReadOnlyList<string> wanted, string? here)
        => wanted.Count == 0 || (here is not null && wanted.Contains(here, StringComparer.OrdinalIgnoreCase));

    private static (int, int, int, int, int, int, int) Strength(SourcedVariable value)
    {
        VariableScope scope = value.Definition.Scope;
        int tier = value.Source switch { VariableSource.Given => 3, VariableSource.Output => 2, VariableSource.System => 0, _ => 1 };
        return (
            tier, Bit(scope.Steps), Bit(scope.Machines), Bit(scope.Tenants), Bit(scope.TenantTags), Bit(scope.Environments), value.Source == VariableSource.Runbook ? 1 : 0);
    }

    private static int Bit(IReadOnlyList<string> names) => names.Count > 0 ? 1 : 0;
}
