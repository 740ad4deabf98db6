using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>The journal's events: each has a kind, which is stored beside its other properties, as is its time.</summary>
internal static class RunEventJson
{
    /// <summary>The stored form.</summary>
    internal static (string Kind, string Payload) Write(RunEvent happened)
    {
        string kind = KindOf(happened);
        return (kind, JsonText.Write(happened, WriteProperties));
    }

    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreTooNew"/> for an unknown kind.</exception>
    internal static RunEvent Read(string kind, DateTimeOffset at, string payload)
        => JsonText.Read(payload, $"an event '{kind}'", json => Read(kind, at, json));

    private static string KindOf(RunEvent happened)
        => happened switch
        {
            RunStarted => "runStarted",
            RunPlanned => "runPlanned",
            WorkerReplaced => "workerReplaced",
            AttemptIntended => "attemptIntended",
            PackageAcquired => "packageAcquired",
            AttemptEnded => "attemptEnded",
            RetryScheduled => "retryScheduled",
            ChildRunCreated => "childRunCreated",
            StepSkipped => "stepSkipped",
            StepEnded => "stepEnded",
            CancelRequested => "cancelRequested",
            RunTimeoutReached => "runTimeoutReached",
            TakenOver => "takenOver",
            OutputVariableSet => "outputVariableSet",
            SecretRegistered => "secretRegistered",
            ArtifactAnnounced => "artifactAnnounced",
            ArtifactCollected => "artifactCollected",
            ProgressReported => "progressReported",
            ResultMessageSet => "resultMessageSet",
            InterruptionRaised => "interruptionRaised",
            InterruptionAnswered => "interruptionAnswered",
            InterruptionEnded => "interruptionEnded",
            FailureHeld => "failureHeld",
            TargetExcluded => "targetExcluded",
            WorkersDrawnAgain => "workersDrawnAgain",
            RunEnded => "runEnded",
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "The store has no form for this kind of event."),
        };

    private static void WriteProperties(JsonTextWriter json, RunEvent happened)
    {
        json.WriteStartObject();
        switch (happened)
        {
            case RunPlanned planned:
                json.Put("plan", planned.Plan, PlanJson.Write);
                break;
            case WorkerReplaced replaced:
                json.Put("lost", replaced.Lost.Number);
                json.Put("lostName", replaced.LostName);
                json.Put("draw", replaced.Draw, WorkerDrawJson.Write);
                break;
            case AttemptIntended intended:
                json.Put("step", intended.Step);
                json.Put("attempt", intended.Attempt);
                json.Put("worker", intended.Worker?.Number);
                json.Put("workerName", intended.WorkerName);
                json.Put("pool", intended.Pool?.Number);
                break;
            case AttemptEnded ended:
                json.Put("step", ended.Step);
                json.Put("attempt", ended.Attempt);
                json.Put("outcome", ended.Outcome);
                json.Put("exitCode", ended.ExitCode);
                json.Put("error", ended.Error);
                json.Put("receipt", ended.Receipt, TerminationReceiptJson.Write);
                break;
            case PackageAcquired acquired:
                json.Put("step", acquired.Step);
                json.Put("package", acquired.Package, PlannedPackageJson.WriteAcquired);
                break;
            case RetryScheduled retry:
                json.Put("step", retry.Step);
                json.Put("attempt", retry.Attempt);
                json.Put("due", retry.Due);
                json.Put("ofStep", retry.OfStep);
                json.Put("target", retry.Target);
                break;
            case ChildRunCreated child:
                json.Put("step", child.Step);
                json.Put("child", child.Child.Number);
                json.Put("wait", child.Wait);
                break;
            case StepSkipped skipped:
                json.Put("step", skipped.Step);
                json.Put("reason", skipped.Reason);
                break;
            case StepEnded ended:
                json.Put("step", ended.Step);
                json.Put("status", ended.Status);
                json.Put("error", ended.Error);
                break;
            case CancelRequested cancel:
                json.Put("by", cancel.By);
                json.Put("reason", cancel.Reason);
                break;
            case OutputVariableSet output:
                OutputVariableJson.Members(json, output);
                break;
            case TakenOver taken:
                json.Put("by", taken.By);
                json.Put("token", taken.FencingToken);
                break;
            case OutputVariableSet or SecretRegistered or ArtifactAnnounced or ArtifactCollected or ProgressReported or ResultMessageSet:
                OutputEventJson.WriteProperties(json, happened);
                break;
            case InterruptionRaised or InterruptionAnswered or InterruptionEnded or FailureHeld or WorkersDrawnAgain or TargetExcluded:
                InterruptionEventJson.WriteProperties(json, happened);
                break;
            case RunEnded ended:
                json.Put("status", ended.Status);
                json.Put("error", ended.Error);
                json.Put("cause", ended.Cause?.ToString());
                break;
        }

        json.WriteEndObject();
    }

    private static RunEvent Read(string kind, DateTimeOffset at, JToken json)
        => kind switch
        {
            "runStarted" => new RunStarted { At = at },
            "runPlanned" => new RunPlanned(json.Required("plan", PlanJson.Read)) { At = at },
            "workerReplaced" => new WorkerReplaced(
                new(json.Number("lost")), json.Text("lostName"), json.Required("draw", WorkerDrawJson.Read)) { At = at },
            "attemptIntended" => new AttemptIntended(
                json.Int("step"),
                json.Int("attempt"),
                json.OptionalNumber("worker") is { } worker ? new WorkerId(worker) : null,
                json.OptionalText("workerName"))
            {
                At = at, Pool = json.OptionalNumber("pool") is { } pool ? new WorkerPoolId(pool) : null,
            },
            "attemptEnded" => new AttemptEnded(
                json.Int("step"),
                json.Int("attempt"),
                json.Enum<AttemptOutcome>("outcome"),
                json.OptionalInt("exitCode"),
                json.OptionalText("error"),
                json.Optional("receipt", TerminationReceiptJson.Read)) { At = at },
            "packageAcquired" => new PackageAcquired(json.Int("step"), json.Required("package", PlannedPackageJson.ReadAcquired)) { At = at },
            "retryScheduled" => new RetryScheduled(json.Int("step"), json.Int("attempt"), json.Time("due"))
            {
                At = at, OfStep = json.OptionalInt("ofStep"), Target = json.OptionalText("target"),
            },
            "childRunCreated" => new ChildRunCreated(json.Int("step"), new(json.Number("child")), json.Flag("wait")) { At = at },
            "stepSkipped" => new StepSkipped(json.Int("step"), json.Text("reason")) { At = at },
            "stepEnded" => new StepEnded(json.Int("step"), json.Enum<StepStatus>("status"), json.OptionalText("error")) { At = at },
            "cancelRequested" => new CancelRequested(json.Text("by"), json.Text("reason")) { At = at },
            "runTimeoutReached" => new RunTimeoutReached { At = at },
            "takenOver" => new TakenOver(json.Text("by")) { At = at, FencingToken = json.OptionalNumber("token") },
            "runEnded" => new RunEnded(json.Enum<RunStatus>("status"), json.OptionalText("error"))
            {
                At = at, Cause = json.OptionalText("cause") is null ? null : json.Enum<EngineError>("cause"),
            },
            _ => OutputEventJson.Read(kind, at, json) ?? InterruptionEventJson.Read(kind, at, json) ?? throw UnknownForm.Of("kind of event", kind),
        };
}
