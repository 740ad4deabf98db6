namespace OctoWorkers;

/// <summary>What to do about a host key that is not known yet. A key that changed is always refused.</summary>
public enum HostKeyPolicy
{
    /// <summary>As the user's own ssh configuration says.</summary>
    FromConfiguration,
    /// <summary>Only known keys (<c>StrictHostKeyChecking=yes</c>).</summary>
    Strict,
    /// <summary>A new key is accepted and remembered (<c>accept-new</c>).</summary>
    AcceptNew,
}
