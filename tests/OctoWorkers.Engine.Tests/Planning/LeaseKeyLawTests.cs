using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class LeaseKeyLawTests
{
    // Separators, escapes, letters that differ in case only, one with a dotless twin, and halves of a surrogate pair.
    private static readonly Gen<string> Texts =
        from length in Gen.Choose(0, 3)
        from units in Gen.ArrayOf(Gen.Elements('a', 'A', 'b', '+', '/', '@', '%', '2', 'ä', 'Ä', 'ı', 'i', 'ß', '\ud83d', '\ude00', ' '), length)
        select new string(units);

    private static readonly Gen<Parts> AnyParts =
        from pool in Gen.Choose(1, 12)
        from count in Gen.Choose(0, 2)
        from packages in Gen.ArrayOf(
            from id in Texts
            from feed in Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(text => (string?)text))
            select new PackageReference(id, feed), count)
        from image in Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(text => (string?)text))
        select new Parts(new(pool), packages, image);

    // Two that are unrelated are hardly ever equal, so the second is often the first with something changed, or nothing.
    private static readonly Arbitrary<(Parts Left, Parts Right)> Pairs = Arb.From(
        from left in AnyParts
        from other in AnyParts
        from right in Gen.Elements(
            left,
            other,
            left.InUpperCase(),
            left with { Image = other.Image },
            left with { Packages = other.Packages },
            left with { Pool = other.Pool },
            left with { Packages = [.. left.Packages.Reverse()] },
            left with { Packages = [.. left.Packages.Select(package => package.Feed is null ? package : new($"{package.Feed}/{package.PackageId}"))] },
            left with { Packages = [new(string.Join('+', left.Packages.Select(package => package.PackageId)))] })
        select (left, right));

    [Fact]
    public void GivenAnyTwoSteps_WhenPoolPackagesAndImageAreEqual_ThenAndOnlyThenTheKeysAre()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Pairs, pair => pair.Left.IsSameAs(pair.Right) == (pair.Left.Key == pair.Right.Key)));

    [Fact]
    public void GivenTwoDifferentPackages_WhenTheyAreSwapped_ThenTheKeyIsAnother() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Arb.From(PlanningGenerators.PackageLists),
            packages => packages.Reverse().Zip(packages).All(pair => SamePackage(pair.First, pair.Second))
                == (LeaseKey.Of(new(1), packages) == LeaseKey.Of(new(1), [.. packages.Reverse()]))));

    [Fact]
    public void GivenFeedAndPackage_WhenKeyIsMade_ThenItReadsAsDocumented()
        => Assert.Equal("WorkerPools-7+ACME/WEB.SITE+TOOL%002B@repo%002Fapp:1.0", LeaseKey.Of(new(7), [new("Web.Site", "acme"), new("tool+")], "repo/app:1.0").Text);

    private static bool SamePackage(PackageReference left, PackageReference right)
        => EntityName.Comparer.Equals(left.PackageId, right.PackageId) && EntityName.Comparer.Equals(left.Feed, right.Feed);

    private sealed record Parts(WorkerPoolId Pool, PackageReference[] Packages, string? Image)
    {
        internal LeaseKey Key => LeaseKey.Of(Pool, Packages, Image);

        internal Parts InUpperCase()
            => this with { Packages = [.. Packages.Select(package => new PackageReference(package.PackageId.ToUpperInvariant(), package.Feed?.ToUpperInvariant()))] };

        internal bool IsSameAs(Parts other)
            => Pool == other.Pool
                && Image == other.Image
                && Packages.Length == other.Packages.Length
                && Packages.Zip(other.Packages).All(pair => SamePackage(pair.First, pair.Second));

        public override string ToString() => $"{Key}";
    }
}
