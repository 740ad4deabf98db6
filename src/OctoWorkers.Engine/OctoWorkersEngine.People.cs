using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine;

/// <content>What runs wait for people for.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>Makes this process's user the one who is to answer an interruption.</summary>
    /// <param name="interruption">The interruption.</param>
    /// <param name="force">Whether it may be taken from somebody else who has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InterruptionNotFound"/>, <see cref="EngineError.InterruptionOver"/>, <see cref="EngineError.NotResponsible"/>.
    /// </exception>
    public Task<Interruption> TakeInterruptionAsync(InterruptionId interruption, bool force, CancellationToken cancellationToken)
        => Store.TakeInterruptionAsync(interruption, OperatingSystemUser.Current, force, time.GetUtcNow(), cancellationToken);

    /// <summary>Answers an interruption as this process's user, and sees to it that somebody drives the run on. Returns when the answer is stored.</summary>
    /// <param name="interruption">The interruption.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="notes">What the person notes; the run's secrets are masked in it. May be empty.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InterruptionNotFound"/>, <see cref="EngineError.InterruptionOver"/>, <see cref="EngineError.NotResponsible"/>,
    /// <see cref="EngineError.InvalidArgument"/>; <see cref="EngineError.SecretUnreadable"/> when the notes cannot be masked.
    /// </exception>
    public async Task<Interruption> AnswerInterruptionAsync(
        InterruptionId interruption, InterruptionAnswer answer, string notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        InterruptionNotes.Require(notes);
        await Store.GetInterruptionAsync(interruption, cancellationToken).ConfigureAwait(false);
        if (notes.Length > 0)
        {
            RunRecord run = await Store.GetRunAsync(interruption.Run, cancellationToken).ConfigureAwait(false);
            RunSecrets secrets = RunSecrets.Of(run.Request, services.Secrets);
            secrets.AddAll(await Store.GetEventsAsync(run.Id, cancellationToken).ConfigureAwait(false));
            notes = secrets.Mask(notes);
        }

        InterruptionReply reply = new(interruption, answer, OperatingSystemUser.Current, notes);
        Interruption answered = await Store.AnswerInterruptionAsync(reply, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        await EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
        return answered;
    }
}
