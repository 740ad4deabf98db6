namespace OctoWorkers.Storage.Schema;

/// <summary>The form of a name in which two names are equal exactly when <see cref="EntityName.Comparer"/> says so; SQLite itself folds ASCII only.</summary>
internal static class NameKey
{
    internal static string Of(string name) => name.ToUpperInvariant();
}
