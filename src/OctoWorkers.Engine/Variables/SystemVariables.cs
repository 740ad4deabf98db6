using System.Globalization;

namespace OctoWorkers.Engine.Variables;

/// <summary>The engine's own variables (semantics, section 5), as far as they are known where they are asked for.</summary>
internal static class SystemVariables
{
    /// <summary>Those of a request: the same for all its steps.</summary>
    /// <param name="request">The request.</param>
    internal static IEnumerable<(string Name, string Value)> Of(RunRequest request)
    {
        yield return ("Octopus.Environment.Id", request.Environment.Id.ToString());
        yield return ("Octopus.Environment.Name", request.Environment.Name);
        yield return ("Octopus.Runbook.Id", request.Runbook.ToString());
        yield return ("Octopus.Runbook.Name", request.Snapshot.Name);
        yield return ("Octopus.Project.Id", "Projects-1");
        yield return ("Octopus.Project.Name", "Default");
        yield return ("Octopus.Space.Id", "Spaces-1");
        yield return ("Octopus.Space.Name", "Default");
        yield return ("Octopus.Action.MaxParallelism", Number(request.Snapshot.MaxParallelism));
        yield return ("Octopus.Deployment.CreatedBy.Username", request.CreatedBy);
        yield return ("Octopus.Task.Name", $"Run {request.Snapshot.Name} in {request.Environment.Name}");
        if (request.Tenant is { } tenant)
        {
            yield return ("Octopus.Deployment.Tenant.Id", tenant.Id.ToString());
            yield return ("Octopus.Deployment.Tenant.Name", tenant.Name);
            yield return ("Octopus.Deployment.Tenant.Tags", string.Join(',', tenant.Tags));
        }
    }

    /// <summary>Those of a run.</summary>
    internal static IEnumerable<(string Name, string Value)> Of(RunRecord run)
    {
        string number = Number(run.Id.Number);
        string created = Time(run.Created);
        yield return ("Octopus.Deployment.Id", run.Id.ToString());
        yield return ("Octopus.Deployment.Name", $"{run.Request.Snapshot.Name} {number}");
        yield return ("Octopus.Deployment.Created", created);
        yield return ("Octopus.RunbookRun.Id", run.Id.ToString());
        yield return ("Octopus.RunbookRun.Name", $"{run.Request.Snapshot.Name} {number}");
        yield return ("Octopus.RunbookRun.Created", created);
        yield return ("Octopus.RunbookSnapshot.Id", $"RunbookSnapshots-{number}");
        yield return ("Octopus.RunbookSnapshot.Name", $"Snapshot {number}");
        yield return ("Octopus.Task.Id", $"ServerTasks-{number}");
        yield return ("Octopus.Task.QueueTime", created);
        if (run.Request.QueueExpiry is { } expiry)
        {
            yield return ("Octopus.Task.QueueTimeExpiry", Time(run.Created + expiry));
        }
    }

    /// <summary>Those of a step.</summary>
    /// <param name="runbook">The runbook's id.</param>
    /// <param name="number">The step's number.</param>
    /// <param name="step">The step.</param>
    internal static IEnumerable<(string Name, string Value)> Of(RunbookId runbook, int number, StepDefinition step)
    {
        yield return ("Octopus.Action.Id", $"{runbook}-Actions-{Number(number)}");
        yield return ("Octopus.Action.Name", step.Name);
        yield return ("Octopus.Action.Number", Number(number));
        yield return ("Octopus.Step.Name", step.Name);
        yield return ("Octopus.Step.Number", Number(number));
        if (step.Action is ScriptAction script)
        {
            yield return ("Octopus.Action.Script.Syntax", script.Syntax.ToString());
        }
    }

    /// <summary>Those of the step's pool and machine.</summary>
    internal static IEnumerable<(string Name, string Value)> Of(WorkerPoolId pool, string poolName, WorkerRecord? machine)
    {
        yield return ("Octopus.WorkerPool.Id", pool.ToString());
        yield return ("Octopus.WorkerPool.Name", poolName);
        if (machine is not null)
        {
            foreach ((string, string) own in OfMachine(machine))
            {
                yield return own;
            }
        }
    }

    /// <summary>Those of a machine.</summary>
    internal static IEnumerable<(string Name, string Value)> OfMachine(WorkerRecord machine)
    {
        yield return ("Octopus.Machine.Id", machine.Id.ToString());
        yield return ("Octopus.Machine.Name", machine.Name);
        yield return ("Octopus.Machine.Roles", string.Join(',', machine.Tags));
        yield return ("Octopus.Machine.Hostname", HostName(machine));
    }

    private static string HostName(WorkerRecord machine)
        => machine.Health.Capabilities.TryGetValue("hostname", out string? name) ? name
            : machine.Connection is SshConnection ssh ? ssh.Host
            : Environment.MachineName;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
