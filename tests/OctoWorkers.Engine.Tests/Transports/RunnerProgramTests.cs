using System.Text.RegularExpressions;
using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>The runners are put together from several files: a second definition of a name would take the place of the first without a word.</summary>
public sealed partial class RunnerProgramTests
{
    [Fact]
    public void GivenTheRunnerInPerl_WhenPutTogether_ThenNoSubIsDefinedTwice()
        => Assert.Empty(Twice("runner/perl/", PerlSub()));

    [Fact]
    public void GivenTheRunnerInShell_WhenPutTogether_ThenNoFunctionIsDefinedTwice()
        => Assert.Empty(Twice("runner/sh/", ShellFunction()).Except(["ow_holds", "ow_launch"]));

    private static IEnumerable<string> Twice(string folder, Regex definition)
    {
        string[] names = [.. typeof(AttemptStart).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))];
        string[] all = [.. names.SelectMany(name => definition.Matches(Text(name)).Select(match => match.Groups[1].Value))];
        Assert.True(all.Length > 20, $"Only {all.Length} definitions were found in {names.Length} files.");
        return all.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key);
    }

    private static string Text(string resource)
    {
        using StreamReader reader = new(typeof(AttemptStart).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^sub (\w+)", RegexOptions.Multiline)]
    private static partial Regex PerlSub();

    [GeneratedRegex(@"^\s*(\w+)\(\) \{", RegexOptions.Multiline)]
    private static partial Regex ShellFunction();
}
