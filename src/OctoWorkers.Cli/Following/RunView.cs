using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Following;

/// <summary>Shows a run from its plan to its end.</summary>
/// <param name="session">The open engine.</param>
/// <param name="options">How it is followed.</param>
internal sealed class RunView(EngineSession session, FollowOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Nobody reads faster, and every drawing reads the journal.</summary>
    private static readonly TimeSpan DrawingPause = TimeSpan.FromMilliseconds(200);

    private readonly LogView log = new(session) { NamesRuns = options.Recurses };

    private ResultPrinter Printer => session.Printer;

    /// <summary>Says which run it is; for a run that is followed.</summary>
    internal void Introduce(RunRecord run) => log.Do(() =>
    {
        if (Printer.IsJson)
        {
            EventLine.Started(Printer, run);
        }
        else
        {
            string parent = run.Request.Parent is { } above ? $", started by {above}" : "";
            Printer.Say($"{run.Id}: {DisplayText.Of(run.Request.Snapshot.Name)} in {DisplayText.Of(run.Request.Environment.Name)}{parent}");
            Printer.Console.Out.Flush();
        }
    });

    /// <summary>Shows the plan and the log, until the run has ended.</summary>
    internal async Task FollowAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (!options.IsQuiet)
        {
            await ShowPlanAsync(run.Id, cancellationToken).ConfigureAwait(false);
            using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task drawing = Printer.Console.CanRedraw && !Printer.IsJson ? DrawProgressAsync(run.Id, ended.Token) : Task.CompletedTask;
            try
            {
                await log.ShowAsync(run.Id, 0, null, follow: true, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await ended.CancelAsync().ConfigureAwait(false);
                await drawing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                log.Draw(null);
            }
        }

        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task telling = options.IsQuiet ? TellOfPeopleAsync(run.Id, over.Token) : Task.CompletedTask;
        await session.Engine.WaitForRunAsync(run.Id, cancellationToken).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The log says what waits for whom; without it, this does.
    private async Task TellOfPeopleAsync(RunId run, CancellationToken cancellationToken)
    {
        long seen = 0;
        HashSet<InterruptionId> told = [];
        while (true)
        {
            seen = await session.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
            InterruptionFilter filter = new() { Run = run, PendingOnly = true };
            foreach (Interruption one in await session.Store.GetInterruptionsAsync(filter, cancellationToken).ConfigureAwait(false))
            {
                if (told.Add(one.Id))
                {
                    log.Do(() => Printer.Notice($"{run} waits for a person: step {one.Step} '{one.StepName}'. See it with 'octoworkers intervention show {one.Id}'."));
                }
            }

            await Task.Delay(DrawingPause, session.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells people something between the lines.</summary>
    internal void Notice(string sentence) => log.Do(() => Printer.Notice(sentence));

    /// <summary>Shows how the run ended.</summary>
    internal void Conclude(RunDetails details) => log.Do(() =>
    {
        if (Printer.IsJson)
        {
            EventLine.Ended(Printer, details);
            return;
        }

        Printer.Table(RunTables.Steps(details, session.Time));
        Printer.Say(RunTables.Ending(details.Run, session.Time));
    });

    private async Task DrawProgressAsync(RunId run, CancellationToken cancellationToken)
    {
        long seen = 0;
        while (true)
        {
            seen = await session.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
            log.Draw(ProgressText.Of(await session.Engine.GetRunDetailsAsync(run, cancellationToken).ConfigureAwait(false)));
            await Task.Delay(DrawingPause, session.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ShowPlanAsync(RunId run, CancellationToken cancellationToken)
    {
        long seen = 0;
        string? waitingFor = null;
        while (true)
        {
            seen = await session.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
            RunDetails details = await session.Engine.GetRunDetailsAsync(run, cancellationToken).ConfigureAwait(false);
            if (details.Plan is { } plan)
            {
                log.Do(() => Show(run, plan));
                return;
            }

            if (details.Run.HasEnded)
            {
                return;
            }

            if (details.Run.WaitingFor is { } reason && reason != waitingFor)
            {
                waitingFor = reason;
                log.Do(() => Printer.Notice($"{run} waits for {reason}."));
            }
        }
    }

    private void Show(RunId run, RunPlan plan)
    {
        if (Printer.IsJson)
        {
            EventLine.Planned(Printer, run, plan);
            return;
        }

        foreach (PlannedStep step in plan.Steps)
        {
            string targets = step.Targets is null ? "" : $" for {Words.List([.. step.Targets.Select(target => DisplayText.Of(target.Name))])}";
            string where = step.SkipReason is { } reason ? $"skipped: {reason}" 
                : step.WorkerName is null && step.Targets is not null ? targets.TrimStart()
                : step.WorkerName is null ? step.PoolReason ?? ""
                : $"{DisplayText.Of(step.WorkerName)} of {DisplayText.Of(step.PoolName ?? "")}{targets}";
            Printer.Say(string.Create(CultureInfo.InvariantCulture, $"{(options.Recurses ? $"{run}" : "")}  {step.Number}. {DisplayText.Of(step.Name)}: {where}"));
        }

        Printer.Console.Out.Flush();
    }
}
