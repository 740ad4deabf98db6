namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Runbooks for crashes, and what they must leave when nothing was lost or done twice.</summary>
/// <param name="Runbooks">The first is the one to start.</param>
/// <param name="Expected">What every attempt prints; no other attempt is executed.</param>
internal sealed record Scenario(IReadOnlyList<RunbookDefinition> Runbooks, IReadOnlyList<ScriptLines> Expected)
{
    private const string Mark = "echo \"$OCTOWORKERS_TICKET\" >> \"$HERE/effects\"\n";

    public string Name => Runbooks[0].Name;

    /// <summary>How the run that is started ends.</summary>
    public RunStatus Ending { get; init; } = RunStatus.Success;

    /// <summary>What the service messages of the run led to, in order.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>How many runs there are in the end.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>One after another, side by side, a retry, errors, an unfinished last line, a child that is waited for and one that is not.</summary>
    public static Scenario Everything { get; } = new(
        [
            new("Everything",
            [
                Script("First", "echo one; echo two; printf three"),
                Script("Left", "echo left; echo wrong >&2; echo right >&2"),
                Script("Right", "for i in 1 2 3; do echo $i; done") with { Start = StepStart.WithPrevious },
                Script("Flaky", "if mkdir \"$HERE/tried\" 2>/dev/null; then echo no; exit 3; fi; echo yes") with { Retry = new() { Count = 1 } },
                new("Waited for", new RunRunbookAction("Child")),
                new("On its own", new RunRunbookAction("Aside") { Wait = false }),
                Script("Last", "echo last"),
            ]),
            new("Child", [Script("Of a parent", "echo child")]),
            new("Aside", [Script("Of nobody", "echo aside; echo aside >&2")]),
        ],
        [
            new(1, 1, 1, ["one", "two", "three"], []),
            new(1, 2, 1, ["left"], ["wrong", "right"]),
            new(1, 3, 1, ["1", "2", "3"], []),
            new(1, 4, 1, ["no"], []),
            new(1, 4, 2, ["yes"], []),
            new(1, 7, 1, ["last"], []),
            new(2, 1, 1, ["child"], []),
            new(3, 1, 1, ["aside"], ["aside"]),
        ])
    { Runs = 3 };

    /// <summary>5,000 lines in 50 bursts on the standard output, with a line on the standard error after each.</summary>
    public static Scenario Flood { get; } = new(
        [
            new("Flood",
            [
                Script("Print", "for ((i = 0; i < 5000; i += 100)); do seq $((i + 1)) $((i + 100)); echo $i >&2; sleep 0.01; done"),
                Script("After", "echo after"),
            ]),
        ],
        [
            new(1, 1, 1, [.. Enumerable.Range(1, 5000).Select(number => $"{number}")], [.. Enumerable.Range(0, 50).Select(number => $"{number * 100}")]),
            new(1, 2, 1, ["after"], []),
        ]);

    /// <summary>
    /// Forty bursts of lines, each with a service message: output variables, secrets that are printed from then on, artifacts. The messages come in pieces.
    /// </summary>
    public static Scenario Messages { get; } = new(
        [
            new("Messages",
            [
                Script("Speak", """
                    b() { printf %s "$1" | base64 -w0; }
                    for ((i = 1; i <= 40; i++)); do
                        echo "line $i"
                        printf "##octopus[setVariable name='$(b "v$i")' "; printf "value='$(b "value $i")']"; echo
                        echo "##octopus[mask value='$(b "hidden-$i-value")']"
                        echo "it is hidden-$i-value"
                        echo "before ##octopus[createArtifact path='$(b "/tmp/file$i")' name='$(b "file$i of hidden-$i-value")']"
                        sleep 0.01
                    done
                    """),
                Script("After", "echo after"),
            ]),
        ],
        [
            new(1, 1, 1, [.. Enumerable.Range(1, 40).SelectMany(number => (string[])[$"line {number}", "it is ********", "before "])], []),
            new(1, 2, 1, ["after"], []),
        ])
    {
        Events =
        [
            .. Enumerable.Range(1, 40).SelectMany(number => (string[])[$"v{number}=value {number}", "secret", $"file{number} of ********"]),
        ],
    };

    /// <summary>One that ends only when it is ended, and one that always runs.</summary>
    public static Scenario Endless { get; } = new(
        [
            new("Endless",
            [
                Script("Sleep", "(exec -a \"$HERE/sleeper\" sleep 600) & echo asleep; touch \"$HERE/asleep\"; wait"),
                Script("Beside", "echo beside; touch \"$HERE/said\"; exec -a \"$HERE/beside\" sleep 600") with { Start = StepStart.WithPrevious },
                Script("Never", "echo never"),
                Script("Clean up", "echo clean") with { Condition = StepCondition.Always },
            ]),
        ],
        [
            new(1, 1, 1, ["asleep"], []),
            new(1, 2, 1, ["beside"], []),
            new(1, 4, 1, ["clean"], []),
        ])
    { Ending = RunStatus.Canceled };

    /// <summary>One that waits for a person between two steps.</summary>
    public static Scenario Approval { get; } = new(
        [
            new("Approval",
            [
                Script("Build", "echo built"),
                new("Approve", new ManualAction("Look at it.")),
                Script("Publish", "echo published"),
            ]),
        ],
        [
            new(1, 1, 1, ["built"], []),
            new(1, 3, 1, ["published"], []),
        ])
    {
        Events = ["Manual.Notes=seen", "Manual.Approved=True", "who", "who"],
    };

    /// <summary>On two deployment targets, with a retry on one of them, and then on a worker on behalf of each.</summary>
    public static Scenario Targets { get; } = new(
        [
            new("Targets",
            [
                Script("Deploy", "if [ '#{Octopus.Machine.Name}' = web-2 ] && mkdir \"$HERE/tried\" 2>/dev/null; then echo no; exit 3; fi; echo yes") with
                {
                    Targets = new(["web"]), Retry = new() { Count = 1 },
                },
                Script("Verify", "echo #{Octopus.Machine.Name}") with { Targets = new(["web"]) { OnWorker = true, Window = 1 } },
            ]),
        ],
        [
            new(1, 3, 1, ["yes"], []),
            new(1, 4, 1, ["no"], []),
            new(1, 4, 2, ["yes"], []),
            new(1, 5, 1, ["web-1"], []),
            new(1, 6, 1, ["web-2"], []),
        ]);

    /// <summary>One whose first step waits for a file.</summary>
    public static Scenario Held { get; } = new(
        [
            new("Held",
            [
                Script("Wait", "echo begun; touch \"$HERE/begun\"; until [ -e \"$HERE/go\" ]; do sleep 0.02; done; echo done"),
                Script("Next", "echo next"),
            ]),
        ],
        [
            new(1, 1, 1, ["begun", "done"], []),
            new(1, 2, 1, ["next"], []),
        ]);

    /// <summary>One whose first step waits for a file that never comes; the second runs whatever became of the first.</summary>
    public static Scenario Forgotten { get; } = new(
        [
            new("Forgotten",
            [
                Script("Wait", "echo begun; touch \"$HERE/begun\"; until [ -e \"$HERE/go\" ]; do sleep 0.02; done; echo done"),
                Script("Next", "echo next") with { Condition = StepCondition.Always },
            ]),
        ],
        [
            new(1, 1, 1, ["begun"], []),
            new(1, 2, 1, ["next"], []),
        ])
    { Ending = RunStatus.Failed };

    /// <summary>A step whose script leaves its ticket in the file of side effects, and then does this.</summary>
    public static StepDefinition Script(string name, string body) => new(name, new ScriptAction(Mark + body + "\n"));

    public Task<DurableWorld> WorldAsync() => DurableWorld.MakeAsync([.. Runbooks]);
}
