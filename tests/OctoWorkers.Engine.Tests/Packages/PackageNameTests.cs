using OctoWorkers.Engine.Packages;
using Xunit;

namespace OctoWorkers.Engine.Tests.Packages;

public sealed class PackageNameTests
{
    [Theory]
    [InlineData("Acme.Web.1.0.0.zip", "Acme.Web", "1.0.0")]
    [InlineData("Acme.Web.1.0.0-beta.2+a.7.nupkg", "Acme.Web", "1.0.0-beta.2+a.7")]
    [InlineData("lib.3d.2024.1.0.7.tar.gz", "lib.3d", "2024.1.0.7")]
    [InlineData("Acme.2.1.0.zip", "Acme", "2.1.0")]
    [InlineData("Acme.7.1.0.0.0.zip", "Acme.7", "1.0.0.0")]
    [InlineData("tool.5.TGZ", "tool", "5")]
    public void GivenFileOfAPackage_WhenRead_ThenIdAndVersionAreFound(string file, string id, string version)
    {
        (string foundId, PackageVersion found) = PackageFileName.Parse(file)!.Value;
        Assert.Equal((id, version), (foundId, found.Text));
    }

    [Theory]
    [InlineData("Acme.zip")]
    [InlineData("1.0.0.zip.part")]
    [InlineData(".1.0.0.zip")]
    [InlineData("a b.1.0.0.zip")]
    [InlineData("Acme.1.0.0.exe")]
    public void GivenAnotherFile_WhenRead_ThenItIsNoPackage(string file) => Assert.Null(PackageFileName.Parse(file));

    [Fact]
    public void GivenVersions_WhenOrdered_ThenAsSemVerOrdersThem()
    {
        string[] inOrder =
        [
            "0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "1.2", "1.10.0", "2",
            "99999999999999999999.0",
        ];
        Assert.Equal(inOrder, inOrder.Reverse().Select(PackageVersion.Parse).Order().Select(version => version.Text));
        Assert.Equal(PackageVersion.Parse("1.2"), PackageVersion.Parse("1.2.0.0+build"));
        Assert.Equal(PackageVersion.Parse("1.2-RC").Key, PackageVersion.Parse("1.2.0-rc").Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1..2")]
    [InlineData("1.0-")]
    [InlineData("1.0-a..b")]
    [InlineData("1.0+")]
    public void GivenNoVersion_WhenRead_ThenTheErrorShowsIt(string text)
    {
        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => PackageVersion.Parse(text));
        Assert.Equal(EngineError.InvalidDefinition, error.Error);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenReferences_WhenNamed_ThenTheFirstWithoutANameIsThePrimaryOne()
    {
        Assert.Equal(["", "b", "x"], PackageReference.NamesOf([new("a"), new("b"), new("c") { Name = "x" }]));
        Assert.Equal(["a", ""], PackageReference.NamesOf([new("a"), new("b") { Name = "" }]));
        Assert.Throws<OctoWorkersException>(() => PackageReference.NamesOf([new("a") { Name = "x" }, new("b") { Name = "X" }]));
        Assert.Throws<OctoWorkersException>(() => new PackageReference("a") { Name = "../up" });
    }
}
