namespace OctoWorkers.Engine.Journal;

/// <summary>Runs that wait for people. They are raised and ended by the events of a run's journal; answers come from any process.</summary>
public interface IInterruptionStore
{
    /// <summary>Interruptions, oldest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Interruption>> GetInterruptionsAsync(InterruptionFilter filter, CancellationToken cancellationToken);

    /// <summary>One interruption.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InterruptionNotFound"/>.</exception>
    Task<Interruption> GetInterruptionAsync(InterruptionId id, CancellationToken cancellationToken);

    /// <summary>Makes somebody the one who is to answer.</summary>
    /// <param name="id">The interruption.</param>
    /// <param name="by">Who takes it.</param>
    /// <param name="force">Whether it may be taken from somebody else who has it.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InterruptionNotFound"/>; <see cref="EngineError.InterruptionOver"/>; <see cref="EngineError.NotResponsible"/>.
    /// </exception>
    Task<Interruption> TakeInterruptionAsync(InterruptionId id, Person by, bool force, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Stores an answer, once: of several that come at the same time the first one counts.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InterruptionNotFound"/>; <see cref="EngineError.InterruptionOver"/>, which names who answered; <see cref="EngineError.NotResponsible"/>;
    /// <see cref="EngineError.InvalidArgument"/> for an answer that is none of those asked for.
    /// </exception>
    Task<Interruption> AnswerInterruptionAsync(InterruptionReply reply, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Answers that the drivers of their runs have not heard yet, of runs that the process owns, oldest first.</summary>
    /// <param name="owner">The process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<InterruptionReply>> GetUnheardAnswersAsync(EngineId owner, CancellationToken cancellationToken);
}
