namespace OctoWorkers.Engine.Journal;

/// <summary>The encrypted texts of a store, wherever they are in it.</summary>
public interface ISealedTextStore
{
    /// <summary>How many sealed texts there are, by the id of the key that they name.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyDictionary<string, int>> CountSealedAsync(CancellationToken cancellationToken);

    /// <summary>Puts another sealed text in the place of each, all in one transaction.</summary>
    /// <param name="change">Gives the other one, or the same where it is to stay; it may be asked more than once for one.</param>
    /// <param name="cancellationToken">Gives up before the transaction begins.</param>
    /// <returns>How many were changed.</returns>
    Task<int> ResealAsync(Func<SealedText, SealedText> change, CancellationToken cancellationToken);
}
