using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Doctor;

/// <summary>Looks at the keys of the store's secrets.</summary>
/// <param name="store">The store.</param>
/// <param name="keyring">Its keys.</param>
internal sealed class KeyExamination(ISealedTextStore store, SecretKeyring keyring)
{
    internal async Task<Finding> ExamineAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, int> counts = await store.CountSealedAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<KeyringEntry> keys = keyring.Entries();
            KeyValuePair<string, int>[] lost = [.. counts.Where(count => keys.All(key => key.Id != count.Key))];
            return lost.Length > 0
                ? new(
                    "keys", Verdict.Problem,
                    $"{Words.Count(lost.Sum(count => count.Value), "secret")} cannot be read, for lack of {string.Join(", ", lost.Select(count => count.Key))}.",
                    "Run 'octoworkers key restore FILE' with a backup of the keys; without one, set the secrets anew.")
                : new("keys", Verdict.Ok, $"{Words.Count(keys.Count, "key")} for {Words.Count(counts.Values.Sum(), "secret")}");
        }
        catch (OctoWorkersException failure) when (failure.Error == EngineError.SecretUnreadable)
        {
            return new("keys", Verdict.Problem, failure.Message, $"See {keyring.Path}.");
        }
    }
}
