using System.Text;
using OctoWorkers.Engine.Tests.Runs;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Secrets;
using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Engine.Tests.Secrets;

/// <summary>Where secrets could be seen on engine and worker while steps use them: in files, arguments and environments. They are in none of these.</summary>
/// <param name="server">A real sshd.</param>
public sealed class SecretPlacesTests(SshServer server) : IClassFixture<SshServer>
{
    private const string OfSet = "it's $(a) \"multi\nline secret` of the set";
    private const string OfRunbook = "Secret-of-the-runbook-1";
    private const string OfRun = "Secret-given-on-the-run-2";
    private const string OfStep = "Secret-of-an-earlier-step-3";
    private const string OfChild = "Secret-of-the-child-run-4";
    private const string OfMask = "Secret-that-is-only-masked-5";
    private const string FromStep = "Octopus.Action[sets].Output.Out";
    private const string FromChild = "Octopus.Action[child].Output.Octopus.Action[sets too].Output.Out";

    // The first line of the set's secret is short enough to be elsewhere by chance, so it is not looked for by itself.
    private static readonly SecretSearch Search = SecretSearch.For(OfSet, OfSet.Split('\n')[1], OfRunbook, OfRun, OfStep, OfChild, OfMask);

    private static readonly SecretSearch Printed = SecretSearch.For(OfStep, OfChild, OfMask);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<ScriptSyntax, bool, bool> Ways()
    {
        TheoryData<ScriptSyntax, bool, bool> ways = [];
        foreach (ScriptSyntax syntax in Enum.GetValues<ScriptSyntax>())
        {
            foreach ((bool overSsh, bool withPerl) in ((bool, bool)[])[(false, true), (false, false), (true, true), (true, false)])
            {
                ways.Add(syntax, overSsh, withPerl);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task GivenSecretsOfAllSources_WhenStepsUseThem_ThenTheyAreInNoFileArgumentOrEnvironment(ScriptSyntax syntax, bool overSsh, bool withPerl)
    {
        Assert.SkipWhen(overSsh && server.Missing is not null, server.Missing ?? "");
        Assert.SkipWhen(withPerl && PerlRunner.Missing is not null, PerlRunner.Missing ?? "");
        Interpreter.Require(syntax);
        await using SecretWorker worker = await SecretWorker.CreateAsync(overSsh ? server : null, withPerl ? RunnerChoice.Perl : RunnerChoice.Shell);
        RunWorld world = worker.World;
        await PutAsync(worker, new(syntax));

        RunRecord run = await worker.Engine.Engine.StartRunAsync(
            new("parent", RunWorld.TestEnvironment) { Variables = [VariableDefinition.Sensitive("OfRun", OfRun)] }, Stop);
        try
        {
            foreach (string step in (string[])["child", "parent"])
            {
                RunDetails begun = await worker.Engine.BecomesAsync(
                    run.Id, details => File.Exists(world.File($"{step} waits")) || details.Run.Error is not null, $"the {step}'s step waits");
                Assert.Null(begun.Run.Error);
                AssertNothingIsFound(worker);
                await File.WriteAllTextAsync(world.File($"{step} goes"), "", Stop);
            }
        }
        finally
        {
            await File.WriteAllTextAsync(world.File("child goes"), "", CancellationToken.None);
            await File.WriteAllTextAsync(world.File("parent goes"), "", CancellationToken.None);
            await worker.Engine.EndAsync(run.Id);
        }

        Assert.Equal((RunStatus.Success, null), ((await worker.Engine.EndAsync(run.Id)).Status, (await worker.Engine.DetailsAsync(run.Id)).Run.Error));
        Assert.Empty(Search.InFiles(worker.Folders));
        Assert.Empty(Search.InProcesses());
        RunDetails details = await worker.Engine.DetailsAsync(run.Id);
        Assert.Equal(
            ["23: ********", .. Multi(OfSet), "23: ********", "25: ********", "27: ********", "25: ********"], await worker.Engine.TextAsync(run.Id, 4));
        Assert.Equal(["25: ********", .. Multi($"<{OfSet}>")], await worker.Engine.TextAsync(details.Steps[2].Child!.Value, 1));
        foreach (RunId each in (RunId[])[run.Id, details.Steps[2].Child!.Value])
        {
            Assert.All(await worker.Engine.LogAsync(each), line => Assert.Empty(Search.In(Encoding.UTF8.GetBytes(line.Text))));
        }
    }

    [Theory]
    [InlineData(true, "argument 2 of step 'the step'")]
    [InlineData(false, "environment variable 'NAME' of step 'the step'")]
    public async Task GivenASecretWhereProcessesShowIt_WhenTheStepIsRun_ThenItIsRefusedAndNothingShowsIt(bool asArgument, string place)
    {
        await using RunWorld world = await RunWorld.CreateAsync();
        ScriptAction action = asArgument
            ? new("true") { Arguments = ["a", "--password=#{S | ToUpper}"] }
            : new("true") { Environment = new Dictionary<string, string> { ["NAME"] = "#{Indirect}" } };
        await world.PutAsync(new RunbookDefinition("R", [new("the step", action)])
        {
            Variables = [VariableDefinition.Sensitive("S", world.First.Secrets.Seal(OfRunbook)), VariableDefinition.Text("Indirect", "x#{S}")],
        });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains($"A secret was put into {place}", run.Steps[0].Error, StringComparison.Ordinal);
        Assert.Single(run.Steps[0].Attempts);
        SecretSearch search = SecretSearch.For(OfRunbook, OfRunbook.ToUpperInvariant());
        Assert.Empty(search.InFiles(world.First.Store.Location, world.StateHome));
        await world.AssertNothingIsLeftAsync();
    }

    private static async Task PutAsync(SecretWorker worker, SecretScripts scripts)
    {
        RunWorld world = worker.World;
        VariableDefinition Sealed(string name, string secret) => VariableDefinition.Sensitive(name, worker.Engine.Secrets.Seal(secret));
        await world.First.Store.PutVariableSetAsync(new("shared", [Sealed("OfSet", OfSet)]), Stop);
        await world.PutAsync(new RunbookDefinition(
            "called",
            [
                new("tells", scripts.Tells(world.File("child waits"), world.File("child goes"), "#{Given}", "OfSetToo")),
                new("sets too", scripts.Sets("Out", OfChild)),
            ])
        {
            Prompts = [new("Given"), new("OfSetToo")],
        });
        Dictionary<string, string> given = new() { ["Given"] = "#{OfRun}", ["OfSetToo"] = "<#{OfSet}>" };
        await world.PutAsync(new RunbookDefinition(
            "parent",
            [
                new("sets", scripts.Sets("Out", OfStep)),
                new("masks", scripts.Masks(OfMask)),
                new("child", new RunRunbookAction("called") { Variables = given }),
                new("tells", scripts.Tells(world.File("parent waits"), world.File("parent goes"), "#{OfRunbook}", "OfSet", "OfRunbook", "OfRun", FromStep, FromChild)),
            ])
        {
            VariableSets = ["shared"],
            Variables = [Sealed("OfRunbook", OfRunbook)],
        });
    }

    // What a script itself has printed stands in its output file on the worker until the run ends: that is what the messages of earlier steps said.
    private static void AssertNothingIsFound(SecretWorker worker)
    {
        Assert.Empty(Search.InProcesses());
        string[] outputs = [.. Directory.EnumerateFiles(worker.StateHome, "o*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is "o1" || Path.GetFileName(path).StartsWith("o.", StringComparison.Ordinal))];
        Assert.NotEmpty(Printed.InFiles(outputs));
        HashSet<string> allowed = [.. Printed.InFiles(outputs)];
        Assert.DoesNotContain(Search.InFiles(worker.Folders), found => !allowed.Contains(found));
    }

    private static IEnumerable<string> Multi(string secret) => [$"{secret.Length}: ********", "********"];
}
