using System.Text;
using Newtonsoft.Json.Linq;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Json;

/// <summary>What is written is read again: compared by the text that it is written as, and by the properties that a text could lose.</summary>
public sealed class RoundTripTests
{
    private const string Odd = "größe 😀 'q' \"d\" \\ \0 \u001b \u2028 $(x)\r\n";

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

    private static readonly PoolCursor Cursor = new(new(4), "w", long.MaxValue);

    private static readonly WorkerDraw FullDraw = new(
        new("WorkerPools-1+A%2FB"), new(1), "Setup", new(2), Odd, Cursor, Cursor with { Position = 1 },
        [new("disabled", [Odd, ""], 21), new("", [], 0)], "next");

    private static readonly WorkerDraw BareDraw = new(new(""), new(1), "", new(0), "", null, null, [], "");

    public static TheoryData<RunEvent> Events()
    {
        DateTimeOffset at = Sample.Now.AddTicks(1);
        TheoryData<RunEvent> events =
        [
            new RunStarted { At = at },
            new RunPlanned(new([], [])) { At = at },
            new RunPlanned(new(
                [new(1, Odd, null, "Setup", "", new("k"), new(2), "w"), new(2, "b", "disabled", null, null, null, null, null)],
                [FullDraw, BareDraw])) { At = at },
            new RunPlanned(new(
                [
                    new(1, Odd, null, null, "", null, null, null)
                    {
                        Targets = [new(3, new(7), Odd, ["web", Odd]) { SkipsUnavailable = true, BypassDeploymentMutex = true }, new(4, new(8), "b", [])],
                        SkippedTargets = [new("disabled", [Odd], 21)],
                    },
                    new(2, "b", null, null, "", null, null, null) { Targets = [] },
                ],
                [])) { At = at },
            new TargetExcluded(new(7), Odd, Odd) { At = at },
            new RetryScheduled(3, 2, at) { At = at, OfStep = 1, Target = Odd },
            new InterruptionRaised(1, 1, "s", InterruptionKind.Failure, "", [], [InterruptionAnswer.Exclude]) { At = at, Target = Odd, Part = 3 },
            new WorkerReplaced(new(1), "", FullDraw) { At = at },
            new WorkerReplaced(new(0), Odd, BareDraw) { At = at },
            new AttemptIntended(1, 2, new(3), Odd) { At = at },
            new AttemptIntended(1, 2, new(3), Odd) { At = at, Pool = new(4) },
            new AttemptIntended(1, 2, null, null) { At = at },
            new AttemptEnded(1, 2, AttemptOutcome.Failed, -1, Odd, TerminationReceipt.Unverified) { At = at },
            new AttemptEnded(1, 2, AttemptOutcome.Failed, null, "", null) { At = at },
            new RetryScheduled(1, 2, at.AddDays(1)) { At = at },
            new ChildRunCreated(1, new(long.MaxValue), true) { At = at },
            new ChildRunCreated(1, new(1), false) { At = at },
            new StepSkipped(1, Odd) { At = at },
            new CancelRequested("", "") { At = at },
            new CancelRequested(Odd, Odd) { At = at },
            new RunTimeoutReached { At = at },
            new TakenOver(Odd) { At = at },
            new TakenOver(Odd) { At = at, FencingToken = long.MaxValue },
            new RunEnded(RunStatus.Failed, Odd) { At = at, Cause = EngineError.NoEligibleWorker },
            new OutputVariableSet(1, 2, null, Odd, "", null) { At = at },
            new OutputVariableSet(1, 2, Odd, Odd, null, new("ow1.a.b")) { At = at },
            new SecretRegistered(1, 2, new("ow1.a.b")) { At = at },
            new ArtifactAnnounced(1, 2, 3, Odd, new("ow1.a.b")) { At = at },
            new ArtifactCollected(1, 2, 3, long.MaxValue, null) { At = at },
            new ArtifactCollected(1, 2, 3, null, Odd) { At = at },
            new ProgressReported(1, 2, 100, Odd) { At = at },
            new PackageAcquired(1, new(Odd, "Acme", "1.0-a", new string('a', 64), 7, 5)) { At = at },
            new ResultMessageSet(1, 2, Odd) { At = at },
            new InterruptionRaised(1, 2, "s", InterruptionKind.Manual, Odd, [Odd, "b"], Enum.GetValues<InterruptionAnswer>()) { At = at },
            new InterruptionRaised(2, 1, Odd, InterruptionKind.Failure, "", [], []) { At = at },
            new InterruptionAnswered(1, InterruptionAnswer.Retry, new("u", Odd), Odd) { At = at },
            new InterruptionEnded(3) { At = at },
            new FailureHeld(1, StepStatus.Unknown, Odd) { At = at },
            new FailureHeld(1, StepStatus.Failed, null) { At = at },
            new WorkersDrawnAgain(new([new(1, Odd, null, null, "a person answers", null, null, null)], [FullDraw])) { At = at },
        ];
        foreach (AttemptOutcome outcome in Enum.GetValues<AttemptOutcome>())
        {
            events.Add(new AttemptEnded(1, 1, outcome, 0, null, null) { At = at });
        }

        foreach (StepStatus status in Enum.GetValues<StepStatus>())
        {
            events.Add(new StepEnded(1, status, status == StepStatus.Failed ? Odd : null) { At = at });
        }

        foreach (RunStatus status in Enum.GetValues<RunStatus>())
        {
            events.Add(new RunEnded(status, status == RunStatus.Failed ? "" : null) { At = at });
        }

        foreach (TerminationVerdict verdict in Enum.GetValues<TerminationVerdict>())
        {
            events.Add(new AttemptEnded(1, 1, AttemptOutcome.Canceled, null, null, new(verdict, null, [], [new(1, Odd, "KILL")])) { At = at });
        }

        foreach (TerminationMeans means in Enum.GetValues<TerminationMeans>())
        {
            events.Add(new AttemptEnded(1, 1, AttemptOutcome.Canceled, null, null, new(default, means, [new(int.MaxValue, "", "TERM")], [])) { At = at });
        }

        return events;
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void GivenEvent_WhenWrittenAndRead_ThenItIsTheSame(RunEvent happened)
    {
        (string kind, string payload) = RunEventJson.Write(happened);
        RunEvent read = RunEventJson.Read(kind, happened.At, payload);
        Assert.Equivalent(happened, read, strict: true);
        Assert.Equal((kind, payload), RunEventJson.Write(read));
    }

    [Fact]
    public void GivenAllKindsOfEvents_WhenLookedAt_ThenEachIsTested()
        => Assert.Equal(
            typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).Select(type => type.Name).Order(),
            Events().Select(row => row.Data.GetType().Name).Distinct().Order());

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

    [Fact]
    public void GivenFixedText_WhenRead_ThenTheFormatHasNotChanged()
    {
        AttemptEnded read = (AttemptEnded)RunEventJson.Read(
            "attemptEnded",
            Sample.Now,
            """{"step":1,"attempt":2,"outcome":"TimedOut","exitCode":143,"receipt":{"verdict":"NothingLeft","means":"Subreaper","ended":[{"pid":7,"name":"sleep","signal":"TERM"}],"remaining":[]}}""");
        Assert.Equal((1, 2, AttemptOutcome.TimedOut, 143, null), (read.Step, read.Attempt, read.Outcome, read.ExitCode, read.Error));
        Assert.Equal((TerminationVerdict.NothingLeft, TerminationMeans.Subreaper), (read.Receipt!.Verdict, read.Receipt.Means!.Value));
        Assert.Equal(new EndedProcess(7, "sleep", "TERM"), Assert.Single(read.Receipt.Ended));
    }

    [Theory]
    [InlineData("attemptEnded", """{"step":1,"attempt":2,"outcome":"Vanished"}""", EngineError.StoreTooNew)]
    [InlineData("teleported", "{}", EngineError.StoreTooNew)]
    [InlineData("attemptEnded", """{"step":1}""", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", """{"step":99999999999,"attempt":2,"outcome":"Failed"}""", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", "{", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", "", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", "[]", EngineError.StoreCorrupt)]
    public void GivenBadJson_WhenRead_ThenItIsNamed(string kind, string payload, EngineError error)
        => Assert.Equal(error, Assert.Throws<OctoWorkersException>(() => RunEventJson.Read(kind, Sample.Now, payload)).Error);

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
