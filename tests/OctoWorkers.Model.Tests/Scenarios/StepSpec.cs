using System.Globalization;
using OctoWorkers.Model.Tests.World;
using OctoWorkers.TestKit.Workers;

namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>A step of a scenario's runbook.</summary>
/// <param name="Kind">What it does.</param>
internal sealed record StepSpec(StepKind Kind)
{
    /// <summary>Whether it draws from the second pool.</summary>
    public bool InSecondPool { get; init; }

    /// <summary>Whether it draws from the pool that draws who has the fewest leases.</summary>
    public bool InLeastPool { get; init; }

    /// <summary>How it is about deployment targets: 0 not at all, 1 it runs on them, 2 on a worker for each of them.</summary>
    public int Targets { get; init; }

    /// <summary>For how many targets it is under way at once; null: for all.</summary>
    public int? Window { get; init; }

    /// <summary>How it refers to a package: 0 not at all, 1 without acquiring it, 2 acquiring it.</summary>
    public int Package { get; init; }

    /// <summary>What its script does.</summary>
    public SimulatedScript Script { get; init; } = new(1, 0, 0, false, false);

    /// <summary>The place of the runbook that it runs.</summary>
    public int Child { get; init; }

    /// <summary>Whether it waits for that.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>How often it is tried again.</summary>
    public int Retries { get; init; }

    /// <summary>Whether it has a time-out.</summary>
    public bool TimesOut { get; init; }

    /// <summary>Whether it may be tried again when nobody knows what became of it.</summary>
    public bool Idempotent { get; init; }

    /// <summary>When it runs.</summary>
    public StepCondition Condition { get; init; }

    /// <summary>Whether it starts with the step before.</summary>
    public bool Beside { get; init; }

    /// <summary>What is not as usual, in words.</summary>
    public override string ToString()
    {
        string what = Kind switch
        {
            StepKind.Script => $"Script, lines {Script.Lines} + {Script.ErrorLines}, failures {Script.Failures}{(Script.Holds ? ", holds" : "")}{(Script.IsLost ? ", is lost" : "")}",
            StepKind.Child => $"Child {RunbookSpec.NameOf(Child)}{(Waits ? "" : ", not waited for")}",
            _ => "Manual",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}{(InSecondPool ? ", second pool" : InLeastPool ? ", least pool" : "")}{(Targets > 0 ? $", targets {Targets}, window {Window}" : "")}{(Package > 0 ? $", package {Package}" : "")}{(Retries > 0 ? $", retries {Retries}" : "")}{(TimesOut ? ", times out" : "")}{(Idempotent ? ", idempotent" : "")}{(Condition == StepCondition.Success ? "" : $", {Condition}")}{(Beside ? ", beside" : "")}");
    }

    /// <summary>The step as it is put into the store.</summary>
    public StepDefinition ToDefinition(int number)
    {
        StepAction action = Kind switch
        {
            StepKind.Script => new ScriptAction(Script.Text),
            StepKind.Child => new RunRunbookAction(RunbookSpec.NameOf(Child)) { Wait = Waits },
            _ => new ManualAction("Go on?"),
        };
        return new(string.Create(CultureInfo.InvariantCulture, $"step{number}"), action)
        {
            Pool = Targets == 1 ? null : InSecondPool ? StoreTemplate.SecondPool : InLeastPool ? StoreTemplate.LeastPool : null,
            Targets = Targets == 0 ? null : new([StoreTemplate.TargetTag]) { OnWorker = Targets == 2, Window = Window },
            Packages = Package == 0 ? [] : [new(StoreTemplate.Package) { Acquire = Package == 1 ? PackageAcquisition.None : PackageAcquisition.Worker }],
            Retry = new() { Count = Retries, Backoff = TimeSpan.FromSeconds(5) },
            Timeout = TimesOut ? TimeSpan.FromMinutes(20) : null,
            Idempotent = Idempotent,
            Condition = Condition,
            Start = Beside ? StepStart.WithPrevious : StepStart.AfterPrevious,
        };
    }
}
