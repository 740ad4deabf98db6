namespace OctoWorkers.Engine.Secrets;

/// <summary>What became of a value that is to be masked.</summary>
internal enum SecretAddition
{
    /// <summary>It is masked from now on.</summary>
    Added,

    /// <summary>It was masked already.</summary>
    Known,

    /// <summary>It has three characters or less, or nothing but spaces, and is not masked.</summary>
    NotMaskable,
}
