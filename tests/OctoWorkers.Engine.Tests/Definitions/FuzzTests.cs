using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class FuzzTests
{
    private static readonly string[] Fragments =
    [
        "\t", " ", "\n", "\r\n", ": ", "- ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!str ", "!<x> ", "|\n", ">-\n", "'", "\"", "\\", "#", "%YAML 1.1\n",
        "---\n", "...\n", "<<: ", "~", "null", "true", "\0", "\ufeff", "\u0085", "\u2028", "🐙", "\ud800", "@", "`", "\\x", "\\uD800", "name", "steps:", "999999999999",
    ];

    [Fact]
    public void GivenRandomBytes_WhenRead_ThenNothingUnforeseenIsThrown()
        => Check(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), bytes => bytes, 1000);

    [Fact]
    public void GivenRandomMixOfYamlSigns_WhenRead_ThenNothingUnforeseenIsThrown()
        => Check(Gen.Elements(Fragments).ArrayOf().ToArbitrary(), fragments => Encoding.UTF8.GetBytes(string.Concat(fragments)), 1500);

    [Fact]
    public void GivenMutationsOfGoodFiles_WhenRead_ThenNothingUnforeseenIsThrown()
    {
        string[] good = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples"), "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.NotEmpty(good);
        Gen<(int File, int At, int Removed, string Added)> mutation =
            from file in Gen.Choose(0, good.Length - 1)
            from at in Gen.Choose(0, 5000)
            from removed in Gen.Choose(0, 30)
            from added in Gen.Elements(Fragments)
            select (file, at, removed, added);
        Check(
            mutation.NonEmptyListOf().ToArbitrary(),
            mutations =>
            {
                string text = good[mutations[0].File];
                foreach ((_, int at, int removed, string added) in mutations)
                {
                    int start = at % (text.Length + 1);
                    text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, added);
                }

                return Encoding.UTF8.GetBytes(text);
            },
            1500);
    }

    private static void Check<T>(Arbitrary<T> inputs, Func<T, byte[]> toBytes, int count)
    {
        using DefinitionFolder folder = new();
        Prop.ForAll(inputs, input =>
        {
            string file = folder.Write("a.yaml", toBytes(input));
            OnlyForeseen(file).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(60));
    }

    private static async Task OnlyForeseen(string file)
    {
        try
        {
            await DefinitionReader.ReadAsync([file], TestContext.Current.CancellationToken);
        }
        catch (InvalidDefinitionsException exception)
        {
            Assert.All(exception.Problems, problem =>
            {
                Assert.True(problem.Location is { Line: > 0, Column: > 0 });
                Assert.DoesNotContain(problem.Message, letter => char.IsControl(letter));
            });
        }
    }
}
