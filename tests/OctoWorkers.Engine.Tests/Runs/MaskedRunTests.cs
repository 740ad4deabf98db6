using System.Text;
using System.Text.Json;
using OctoWorkers.TestKit.Secrets;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Secrets in hundreds of places of what a script prints: none is in any file of the store, before, while and after the run is driven.</summary>
public sealed class MaskedRunTests
{
    private static readonly string[] Secrets =
    [
        "hunter22-Secret", "hunter22-Secret-and-more", "pass wörd/with+every\"thing\"&<more>", "κλειδί-του-κάστρου", "line-one-of-key\nline-two-of-key\nthe-end-line",
        "a.*(regex)[x]{2}$", "xyxyxyxyxyxyxyxyxyxy",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenSecretsInHundredsOfPlaces_WhenARunIsOver_ThenTheStoreHoldsNone()
    {
        await using RunWorld world = await CreateAsync();
        string[] places = [.. Secrets.SelectMany(Places)];
        Assert.InRange(places.Length, 300, 1000);
        await File.WriteAllTextAsync(world.File("messages"), string.Concat(Secrets.Select(secret => Message("mask", ("value", secret)) + "\n")), Stop);
        await File.WriteAllLinesAsync(world.File("places"), places, Stop);
        await File.WriteAllTextAsync(
            world.File("more"),
            string.Concat(Secrets.Select(secret => string.Concat(
                Message("setVariable", ("name", $"Name {Array.IndexOf(Secrets, secret)} of {secret.Split('\n')[0]}"), ("value", $"value with {secret}")), "\n",
                Message("createArtifact", ("path", $"/tmp/{secret}"), ("name", $"file {secret}")), "\n",
                Message("progress", ("percentage", "50"), ("message", $"at {secret}")), "\n",
                Message("resultMessage", ("message", $"It failed for {secret}")), "\n")))
                + $"##octopus[setVariable name='QQ==' {Secrets[0]}]\n", Stop);
        string folder = Path.GetDirectoryName(world.File("any"))!;
        await world.PutAsync(
            "the runbook",
            Step("prints", $"cd '{folder}'; cat messages; cat places; cat places >&2; while read -rn 7 part; do printf %s \"$part\"; done < <(head -c 3000 places | tr -d '\\n'); echo; cat more; touch printed; until [ -e go ]; do sleep 0.02; done; cat places; printf %s \"$(tail -n1 places)\"; exit 3"));
        RunId run = (await world.First.StartAsync("the runbook")).Id;
        await world.First.BecomesAsync(run, details => details.Outputs.Count == Secrets.Length, "all output variables are in the journal");

        SecretSearch search = SecretSearch.For(Secrets.SelectMany(secret => secret.Split('\n')));
        string store = world.First.Store.Location;
        Assert.NotEmpty(search.InFiles(world.File("places")));
        Assert.Empty(search.InFiles(store));
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await world.First.EndAsync(run);
        Assert.Empty(search.InFiles(store));

        IReadOnlyList<LogLine> lines = await world.First.LogAsync(run, 1);
        Assert.All(lines, line => Assert.Empty(search.In(Encoding.UTF8.GetBytes(line.Text))));
        Assert.True(lines.Count(line => line.Text.Contains("********", StringComparison.Ordinal)) >= 2 * places.Length);
        RunDetails details = await world.First.DetailsAsync(run);
        Assert.All(details.Outputs, output => Assert.Null(output.Value));
        Assert.Equal($"value with {Secrets[0]}", world.First.Secrets.Open(details.Outputs[0].Sealed!.Value));
    }

    [Fact]
    public async Task GivenAResultMessage_WhenTheStepFails_ThenItIsItsErrorWithoutSecrets()
    {
        await using RunWorld world = await CreateAsync();
        await File.WriteAllTextAsync(
            world.File("messages"), $"{Message("mask", ("value", Secrets[0]))}\n{Message("resultMessage", ("message", $"No access with {Secrets[0]}"))}\n", Stop);
        RunDetails run = await world.RunAsync(Step("fails", $"cat '{world.File("messages")}'; exit 7"));
        Assert.Equal("No access with ********", run.Steps[0].Error);
        Assert.Equal(("No access with ********", 7), (run.Steps[0].Attempts[0].Error, run.Steps[0].Attempts[0].ExitCode));
        Assert.Contains(await world.First.TextAsync(run.Run.Id, 0), line => line.Contains("No access with ********", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenMessagesThatAreStoredLongBeforeTheEnd_WhenTheStepEnds_ThenTheyStillCount()
    {
        await using RunWorld world = await CreateAsync();
        await File.WriteAllTextAsync(
            world.File("messages"), $"{Message("resultMessage", ("message", "It is late"))}\n{Message("setVariable", ("name", "N"), ("value", "7"))}\n", Stop);
        await world.PutAsync(
            "the runbook",
            Step("fails", $"cat '{world.File("messages")}'; echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done; exit 7"),
            Step("reads", "echo \"n=#{Octopus.Action[fails].Output.N}\"") with { Condition = StepCondition.Always });
        RunRecord run = await world.First.StartAsync("the runbook");
        await world.First.SaysAsync(run.Id, 1, "there");
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await world.First.Engine.WaitForRunAsync(run.Id, Stop);
        Assert.Equal("It is late", (await world.First.DetailsAsync(run.Id)).Steps[0].Error);
        Assert.Contains("n=7", await world.First.TextAsync(run.Id, 2));
    }

    [Fact]
    public async Task GivenASecretToldByOneStep_WhenAnotherPrintsIt_ThenItIsMaskedThereToo()
    {
        await using RunWorld world = await CreateAsync();
        await File.WriteAllTextAsync(world.File("message"), Message("setVariable", ("name", "Token"), ("value", Secrets[0]), ("sensitive", "True")), Stop);
        RunDetails run = await world.RunAsync(
            Step("tells", $"cat '{world.File("message")}'; echo; touch '{world.File("told")}'"),
            Step("prints", $"echo {Secrets[0]}; grep -o \"value='[^']*\" '{world.File("message")}'"));
        Assert.Equal(["********", "value='********"], await world.First.TextAsync(run.Run.Id, 2));
        OutputVariableSet output = Assert.Single(run.Outputs);
        Assert.Equal(("Token", null, Secrets[0]), (output.Name, output.Value, world.First.Secrets.Open(output.Sealed!.Value)));
    }

    private static IEnumerable<string> Places(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        List<string> forms =
        [
            .. secret.Split('\n'), Uri.EscapeDataString(secret), Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal),
            JsonSerializer.Serialize(secret)[1..^1],
        ];
        foreach (byte[] before in (byte[][])[[], "u"u8.ToArray(), "u:"u8.ToArray()])
        {
            forms.Add(Convert.ToBase64String([.. before, .. bytes]));
            forms.Add(Convert.ToBase64String([.. before, .. bytes, (byte)'\n']));
            forms.Add(Convert.ToBase64String([.. before, .. bytes]).Replace('+', '-').Replace('/', '_').TrimEnd('='));
        }

        return from form in forms
               from around in (string[])["*", "x*x", "password=*;", "{\"a\":\"*\"}"]
               select around.Replace("*", form, StringComparison.Ordinal);
    }

    private static string Message(string name, params (string Name, string Value)[] attributes)
        => $"##octopus[{name}{string.Concat(attributes.Select(attribute => $" {attribute.Name}='{Convert.ToBase64String(Encoding.UTF8.GetBytes(attribute.Value))}'"))}]";
}
