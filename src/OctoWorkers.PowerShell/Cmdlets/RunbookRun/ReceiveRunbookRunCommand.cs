using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Reads the log of runs, from any session: line by line, by cursor.</summary>
[Cmdlet(VerbsCommunications.Receive, "RunbookRun")]
[OutputType(typeof(LogLine))]
public sealed class ReceiveRunbookRunCommand : RunIdCommand
{
    /// <summary>Goes on until the run has ended.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Only lines after this cursor: the <c>Cursor</c> of the last line that was read.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long After { get; set; }

    /// <summary>Only lines of this step, a name or a number; 0 is what the run itself says.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunStepCompleter))]
    public string? Step { get; set; }

    /// <summary>Only lines of these levels.</summary>
    [Parameter]
    public LogLevel[] Level { get; set; } = [];

    /// <summary>Only lines of this level, or of a graver one: Verbose, then Information and Wait alike, Highlight, Warning, Error, Fatal.</summary>
    [Parameter]
    public LogLevel MinimumLevel { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            RunRecord run = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            int? step = RunStep.Find(run, Step);
            if (Follow)
            {
                await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<StepDefinition> steps = run.Request.Snapshot.Steps;
            await foreach (LogLine line in session.Engine.ReadLogAsync(id, After, step, Follow, cancellationToken).ConfigureAwait(false))
            {
                if ((Level.Length == 0 || Level.Contains(line.Level)) && line.Level.IsAtLeast(MinimumLevel))
                {
                    PSObject shown = PSObject.AsPSObject(line);
                    shown.Properties.Add(new PSNoteProperty("StepName", line.Step >= 1 && line.Step <= steps.Count ? steps[line.Step - 1].Name : ""));
                    shown.Properties.Add(new PSNoteProperty("Run", id));
                    await pipeline.WriteObjectAsync(shown).ConfigureAwait(false);
                }
            }
        });
}
