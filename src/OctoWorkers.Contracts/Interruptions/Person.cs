namespace OctoWorkers;

/// <summary>Somebody who acts: the operating system's user. A record of who did it, not a defence against who pretends.</summary>
/// <param name="Username">The user's name.</param>
/// <param name="DisplayName">The name that people call the user by; the user's name where none is known.</param>
public sealed record Person(string Username, string DisplayName)
{
    /// <summary>Both names, or one when they are the same.</summary>
    public override string ToString() => DisplayName == Username ? Username : $"{DisplayName} ({Username})";
}
