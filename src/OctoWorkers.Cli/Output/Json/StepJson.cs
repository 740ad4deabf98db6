using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Steps of a run as JSON.</summary>
internal static class StepJson
{
    internal static void Write(JsonTextWriter json, StepDetails step)
    {
        json.WriteStartObject();
        json.Property("number", step.Number);
        json.Property("name", step.Name);
        json.Property("status", step.Status.ToString());
        json.Property("worker", step.WorkerName);
        json.Property("child", step.Child?.ToString());
        json.Property("started", step.Started);
        json.Property("ended", step.Ended);
        json.Property("error", step.Error);
        json.Property("failureIgnored", step.FailureIgnored);
        json.Array("attempts", step.Attempts, Attempt);
        if (step.Targets is { } targets)
        {
            json.Array("targets", targets, Target);
        }

        json.WriteEndObject();
    }

    private static void Target(JsonTextWriter json, StepTargetDetails target)
    {
        json.WriteStartObject();
        json.Property("name", target.Name);
        json.Property("status", target.Status.ToString());
        json.Property("excluded", target.IsExcluded);
        json.Property("worker", target.WorkerName);
        json.Property("started", target.Started);
        json.Property("ended", target.Ended);
        json.Property("error", target.Error);
        json.Array("attempts", target.Attempts, Attempt);
        json.WriteEndObject();
    }

    private static void Attempt(JsonTextWriter json, AttemptDetails attempt)
    {
        json.WriteStartObject();
        json.Property("number", attempt.Number);
        json.Property("worker", attempt.WorkerName);
        json.Property("started", attempt.Started);
        json.Property("ended", attempt.Ended);
        json.Property("outcome", attempt.Outcome?.ToString());
        json.Property("exitCode", attempt.ExitCode);
        json.Property("error", attempt.Error);
        json.WritePropertyName("receipt");
        if (attempt.Receipt is { } receipt)
        {
            Receipt(json, receipt);
        }
        else
        {
            json.WriteNull();
        }

        json.WriteEndObject();
    }

    private static void Receipt(JsonTextWriter json, TerminationReceipt receipt)
    {
        json.WriteStartObject();
        json.Property("verdict", receipt.Verdict.ToString());
        json.Property("means", receipt.Means?.ToString());
        json.Array("ended", receipt.Ended, Process);
        json.Array("remaining", receipt.Remaining, Process);
        json.WriteEndObject();
    }

    private static void Process(JsonTextWriter json, EndedProcess process)
    {
        json.WriteStartObject();
        json.Property("processId", process.ProcessId);
        json.Property("name", process.Name);
        json.Property("signal", process.Signal);
        json.WriteEndObject();
    }
}
