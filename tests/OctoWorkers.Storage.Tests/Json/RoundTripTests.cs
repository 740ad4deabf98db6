using System.Text;
using Newtonsoft.Json.Linq;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Json;

/// <summary>What is written is read again: compared by the text that it is written as, and by the properties that a text could lose.</summary>
public sealed class RoundTripTests
{
    internal const string Odd = "größe 😀 'q' \"d\" \\ \0 \u001b \u2028 $(x)\r\n";

    private static VariableDefinition[] EveryVariable =>
    [
        VariableDefinition.Kept(Odd.Replace("\0", "", StringComparison.Ordinal), Odd) with
        {
            Description = Odd,
            Scope = new() { Steps = [Odd], Machines = ["m"], TargetTags = ["t"], Tenants = ["a", "b"], TenantTags = ["S/T"], Environments = ["e"], Runbooks = ["r"] },
        },
        VariableDefinition.Sensitive("Secret", new SealedText("ow1.a.b")),
        VariableDefinition.WorkerPool("Pool", "Setup"),
    ];

    [Fact]
    public void GivenFullRunbook_WhenWrittenAndRead_ThenItIsTheSame()
    {
        RunbookDefinition runbook = new("Größe 😀", [FullStep(), BareStep(), new("Manual", new ManualAction(Odd) { Responsible = [Odd, "b"] }), .. EveryWord()])
        {
            GuidedFailure = GuidedFailureMode.On, UnavailableTargets = UnavailableTargets.Skip,
            Description = Odd, Environments = ["Test", "Größe"], MaxParallelism = 3, Timeout = TimeSpan.FromTicks(1),
            Priority = RunPriority.Low, QueueExpiry = TimeSpan.FromTicks(1),
            Variables = EveryVariable, VariableSets = ["Shared", "Größe"],
            Prompts =
            [
                new("P") { Label = Odd, Description = Odd, Required = true, Control = PromptControl.DropDown, Options = [new("v", Odd), new("", "")], Default = "" },
                .. Enum.GetValues<PromptControl>().Select(control => new PromptedVariable($"{control}") { Control = control }),
            ],
        };
        AssertSame(runbook, RunbookJson.Write, RunbookJson.Read);
        AssertSame(Sample.Runbook("Plain"), RunbookJson.Write, RunbookJson.Read);
    }

    [Fact]
    public void GivenRequest_WhenWrittenAndRead_ThenItIsTheSame()
    {
        RunRequest bare = new(new(1), Sample.Runbook("Plain"), new(new(2), "Test", ""));
        AssertSame(bare, RunRequestJson.Write, RunRequestJson.Read);
        AssertSame(
            bare with
            {
                Priority = RunPriority.High, ConcurrencyTag = Odd, QueueExpiry = TimeSpan.FromTicks(1),
                CreatedBy = Odd, Token = "t", Parent = new(3), ParentStep = 4, ParentWaits = true, Depth = 32, RerunOf = new(5), GuidedFailure = true,
                Environment = new(new(2), "Test", Odd) { GuidedFailure = GuidedFailureMode.Off },
                UnavailableTargets = UnavailableTargets.Fail, ExcludedTargets = [Odd, "b"],
                SucceededTargets = new Dictionary<int, IReadOnlyList<string>> { [2] = [Odd], [1] = [] }, Unfinished = new Dictionary<int, IReadOnlyList<string>> { [3] = [Odd], [4] = [] },
                SkippedSteps = new Dictionary<int, string> { [2] = Odd, [1] = "" },
                Tenant = new(new(6), "Acme", [new("Region", "Europe")], Odd), Variables = EveryVariable,
                VariableSets = [new(new(7), new("Shared", EveryVariable) { Description = Odd })],
                Modules = [.. Enum.GetValues<ScriptSyntax>().Select(syntax => new ScriptModule($"{syntax}", syntax, Odd) { Description = Odd })],
                Outputs = [new(1, 2, Odd, "n", Odd, null) { At = Sample.Now.AddTicks(1) }, new(2, 1, null, "s", null, new SealedText("ow1.a.b")) { At = Sample.Now }],
            },
            RunRequestJson.Write,
            RunRequestJson.Read);
    }

    [Fact]
    public void GivenConnections_WhenWrittenAndRead_ThenTheyAreTheSame()
    {
        WorkerConnection[] connections =
        [
            new LocalConnection(), new LocalConnection { Shell = "busybox sh" }, new SshConnection("host"),
            .. Enum.GetValues<HostKeyPolicy>().Select(policy => new SshConnection("::1")
            {
                Port = 65535, User = "u", IdentityFile = "/a b", ConfigurationFile = "", Shell = "/bin/dash", HostKeyPolicy = policy,
            }),
            new PowerShellConnection(new LocalConnection()), new PowerShellConnection(new SshConnection("h") { User = "u" }) { Subsystem = "pwsh-7", MaxSessions = 1 },
            new PowerShellConnection(new WinRmConnection("win1")) { MaxSessions = int.MaxValue },
            .. Enum.GetValues<WinRmAuthentication>().Select(authentication => new PowerShellConnection(new WinRmConnection("win2")
            {
                Port = 65535, UseSsl = true, Authentication = authentication, ConfigurationName = "größe 😀", User = @"EXAMPLE\ana", Password = new("ow1.a.b"),
            })),
        ];
        Assert.All(connections, connection => Assert.Equal(connection, WorkerConnectionJson.Read(WorkerConnectionJson.Write(connection))));
    }

    [Fact]
    public void GivenAPasswordThatIsNotSealed_WhenWritten_ThenItIsRefusedAndNotShown()
    {
        PowerShellConnection connection = new((new WinRmConnection("win1") { User = "ana" }).WithPassword("correct horse"));
        OctoWorkersException problem = Assert.Throws<OctoWorkersException>(() => WorkerConnectionJson.Write(connection));
        Assert.Contains("'win1'", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GivenTexts_WhenWrittenAndRead_ThenTheyAreTheSame()
    {
        Assert.Equal(["", Odd, "2024-01-01T00:00:00Z"], TextsJson.Read(TextsJson.Write(["", Odd, "2024-01-01T00:00:00Z"])));
        Assert.Empty(TextsJson.Read(TextsJson.Write([])));
        Dictionary<string, string> texts = new() { [""] = "", [Odd] = Odd, ["bash"] = "5.2" };
        Assert.Equal(texts, TextsJson.ReadDictionary(TextsJson.Write(texts)));
    }

    [Fact]
    public void GivenUnknownProperties_WhenRead_ThenTheyAreIgnored()
    {
        JObject json = JObject.Parse(RunbookJson.Write(Sample.Runbook("Plain")));
        json["color"] = "red";
        json["steps"]![0]!["later"] = new JObject();
        Assert.Equal("Plain", RunbookJson.Read(json.ToString()).Name);
    }

    private static StepDefinition FullStep()
        => new("Full " + new string('x', 100), new ScriptAction(Odd)
        {
            Arguments = ["", Odd, "-x"], Environment = new Dictionary<string, string> { ["A"] = Odd, ["B"] = "" }, Modules = ["m", "n"],
        })
        {
            Pool = "Setup", Packages = [new("a"), new("b", "feed") { Version = "1.0-a", Name = "n", Extract = false, Acquire = PackageAcquisition.None }], Retry = new() { Count = 3, Backoff = TimeSpan.FromSeconds(1.5), MaxBackoff = TimeSpan.MaxValue },
            Timeout = TimeSpan.FromDays(400), Idempotent = true, Disabled = true, Required = true, Environments = ["Test"], ExcludedEnvironments = ["Production"],
            PoolVariable = Odd, Targets = new(["web", "größe"]) { OnWorker = true, Window = 3 }, Demands = [new("kubectl"), CapabilityDemand.Parse("pwsh>=7.4.1")], TenantTags = [new("Region", "Europe")],
            Condition = StepCondition.Variable, ConditionExpression = Odd,
        };

    private static StepDefinition BareStep() => new("Bare", new RunRunbookAction("Other") { Wait = false, Variables = new Dictionary<string, string> { ["A"] = Odd } });

    private static IEnumerable<StepDefinition> EveryWord()
        => from condition in Enum.GetValues<StepCondition>()
           from start in Enum.GetValues<StepStart>()
           from syntax in Enum.GetValues<ScriptSyntax>()
           select new StepDefinition($"{condition} {start} {syntax}", new ScriptAction("") { Syntax = syntax }) { Condition = condition, Start = start };

    private static void AssertSame<T>(T value, Func<T, string> write, Func<string, T> read)
    {
        string text = write(value);
        T again = read(text);
        Assert.Equivalent(value, again, strict: true);
        Assert.Equal(text, write(again));
        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    }
}
