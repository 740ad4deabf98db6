using System.Security.Cryptography;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Storage.Secrets;

/// <summary>
/// The keys of a home folder: the file <c>secret.key</c> in it, made when the first secret is sealed, or the key that the environment gives. Several processes
/// use it at once: each notices that another has changed the file. Any thread may use it.
/// </summary>
public sealed class SecretKeyring : ISecretProtector
{
    /// <summary>The variable of the environment that may hold the key: 32 bytes in base64.</summary>
    public const string Variable = "OCTOWORKERS_SECRET_KEY";

    private readonly Lock gate = new();
    private readonly KeyFile file;
    private readonly TimeProvider time;
    private readonly string? given;
    private readonly Dictionary<string, SecretKey> known = new(StringComparer.Ordinal);
    private IReadOnlyList<SecretKey> keys = [];
    private (DateTime, long)? stamp;

    /// <summary>Makes one; nothing is read before it is needed.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="key">The key of the environment; null or empty when it gives none.</param>
    /// <param name="time">The clock.</param>
    public SecretKeyring(string home, string? key, TimeProvider time)
    {
        file = new(System.IO.Path.Combine(home, KeyFile.Name));
        given = key;
        this.time = time;
    }

    /// <summary>The key file, which need not be there.</summary>
    public string Path => file.Path;

    private SecretKey? Given => string.IsNullOrEmpty(given) ? null : SecretKey.Read(given, $"the variable {Variable}", null);

    /// <inheritdoc/>
    public SealedText Seal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SealedFormat.Seal(text, Active());
    }

    /// <inheritdoc/>
    public string Open(SealedText text)
    {
        string id = SealedFormat.KeyOf(text) ?? throw Unreadable("A sealed text of the store is damaged: it names no key.", null);
        SecretKey key = Find(id) ?? throw Unreadable(
            $"A secret is sealed with the key {id}, which is neither in '{file.Path}' nor in {Variable}. Restore the key from its backup: octoworkers key restore FILE.", null);
        try
        {
            return SealedFormat.Open(text, key);
        }
        catch (CryptographicException e)
        {
            throw Unreadable($"A secret that was sealed with the key {id} was changed since: {e.Message} Set it anew.", e);
        }
    }

    /// <summary>The keys, oldest first.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/> when they cannot be read.</exception>
    public IReadOnlyList<KeyringEntry> Entries()
    {
        lock (gate)
        {
            Refresh();
            SecretKey? environment = Given;
            List<KeyringEntry> entries = [.. keys
                .Where(key => key.Id != environment?.Id)
                .Select((key, index) => new KeyringEntry(key.Id, environment is null && index == keys.Count - 1, false, key.Created))];
            if (environment is not null)
            {
                entries.Add(new(environment.Id, true, true, null));
            }

            return entries;
        }
    }

    /// <summary>Writes all keys into a file that only its owner can read.</summary>
    /// <param name="path">The file; it must not be there.</param>
    /// <returns>How many keys.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.SecretUnreadable"/> when there is no key, or the keys cannot be read or written; <see cref="EngineError.AlreadyExists"/>.
    /// </exception>
    public int Backup(string path)
    {
        lock (gate)
        {
            Refresh();
            IReadOnlyList<SecretKey> all = Given is { } environment ? [.. keys.Where(key => key.Id != environment.Id), environment] : keys;
            if (all.Count == 0)
            {
                throw Unreadable($"There is no key to back up: '{file.Path}' is made when the first secret is stored.", null);
            }

            new KeyFile(System.IO.Path.GetFullPath(path)).Write(all, mustBeNew: true);
            return all.Count;
        }
    }

    /// <summary>Takes the keys of a backup into the keyring, before those that it has: what is sealed from now on is sealed as before.</summary>
    /// <param name="path">The backup.</param>
    /// <returns>Ids of the keys that were not there.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/>.</exception>
    public IReadOnlyList<string> Restore(string path)
    {
        IReadOnlyList<SecretKey> backup = new KeyFile(System.IO.Path.GetFullPath(path)).Read();
        if (backup.Count == 0)
        {
            throw Unreadable($"There are no keys in '{path}'. Name a file that 'octoworkers key backup' wrote.", null);
        }

        using IDisposable held = file.Lock();
        lock (gate)
        {
            Refresh();
            SecretKey[] missing = [.. backup.Where(candidate => keys.All(key => key.Id != candidate.Id))];
            if (missing.Length > 0)
            {
                file.Write([.. missing, .. keys]);
            }

            return [.. missing.Select(key => key.Id)];
        }
    }

    /// <summary>
    /// Makes a new key, or takes the one of the environment, seals everything in the store with it, and drops the others. A crash in between leaves all keys. While
    /// runs are under way, which may be about to store what they have sealed, the older keys are kept until the next rotation.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/>.</exception>
    public async Task<KeyRotation> RotateAsync(IStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        using IDisposable held = file.Lock();
        SecretKey active = Given ?? Append(SecretKey.New(time.GetUtcNow()));
        HashSet<string> unreadable = [];
        int resealed = await store.ResealAsync(token => Reseal(token, active, unreadable), cancellationToken).ConfigureAwait(false);
        bool isBusy = (await store.GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
        IReadOnlyDictionary<string, int> used = await store.CountSealedAsync(cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            SecretKey[] kept = [.. keys.Where(key => key.Id != active.Id && (isBusy || used.ContainsKey(key.Id)))];
            string[] dropped = [.. keys.Where(key => key.Id != active.Id && !kept.Contains(key)).Select(key => key.Id)];
            if (dropped.Length > 0)
            {
                file.Write(Given is null ? [.. kept, active] : kept);
            }

            return new(active.Id, resealed, dropped, [.. kept.Select(key => key.Id)], [.. unreadable.Order(StringComparer.Ordinal)]);
        }
    }

    private SealedText Reseal(SealedText token, SecretKey active, HashSet<string> unreadable)
    {
        if (SealedFormat.KeyOf(token) == active.Id)
        {
            return token;
        }

        try
        {
            return SealedFormat.Seal(Open(token), active);
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.SecretUnreadable)
        {
            unreadable.Add(e.Message);
            return token;
        }
    }

    private SecretKey Active()
    {
        if (Given is { } environment)
        {
            return environment;
        }

        lock (gate)
        {
            Refresh();
            if (keys.Count > 0)
            {
                return keys[^1];
            }
        }

        // Two processes may come here at once: the second one finds what the first has made.
        using IDisposable held = file.Lock();
        lock (gate)
        {
            Refresh();
            return keys.Count > 0 ? keys[^1] : Append(SecretKey.New(time.GetUtcNow()));
        }
    }

    // While the file is locked.
    private SecretKey Append(SecretKey key)
    {
        lock (gate)
        {
            Refresh();
            file.Write([.. keys, key]);
            Refresh();
            return key;
        }
    }

    private SecretKey? Find(string id)
    {
        if (Given is { } environment && environment.Id == id)
        {
            return environment;
        }

        lock (gate)
        {
            if (!known.ContainsKey(id))
            {
                Refresh();
            }

            return known.GetValueOrDefault(id);
        }
    }

    // Keys that were once read stay known: a text that was sealed with one before a rotation may still be on its way.
    private void Refresh()
    {
        (DateTime, long)? now = file.Stamp;
        if (now != stamp)
        {
            keys = file.Read();
            stamp = now;
            foreach (SecretKey key in keys)
            {
                known[key.Id] = key;
            }
        }
    }

    private OctoWorkersException Unreadable(string message, Exception? inner) => new(EngineError.SecretUnreadable, message, file.Path, inner);
}
