namespace OctoWorkers.Storage.Secrets;

/// <summary>What may be shown of a key.</summary>
/// <param name="Id">Its id, which stands in the sealed texts.</param>
/// <param name="IsActive">Whether new texts are sealed with it.</param>
/// <param name="IsFromEnvironment">Whether it is the one of the environment.</param>
/// <param name="Created">When it was made; null when nobody knows.</param>
public sealed record KeyringEntry(string Id, bool IsActive, bool IsFromEnvironment, DateTimeOffset? Created);
