namespace OctoWorkers.Storage.Secrets;

/// <summary>What a rotation did.</summary>
/// <param name="Active">The id of the key that everything is sealed with now.</param>
/// <param name="Resealed">How many sealed texts of the store were sealed again.</param>
/// <param name="Dropped">Ids of the keys that are gone.</param>
/// <param name="Kept">Ids of older keys that are kept: texts that are sealed with them may still come, or could not be opened.</param>
/// <param name="Unreadable">What could not be opened, a line for each, and was left as it was.</param>
public sealed record KeyRotation(
    string Active, int Resealed, IReadOnlyList<string> Dropped, IReadOnlyList<string> Kept, IReadOnlyList<string> Unreadable);
