namespace OctoWorkers.Engine.Transports;

/// <summary>A package to be put into an attempt's working directory.</summary>
/// <param name="Run">The run, as entered on the worker.</param>
/// <param name="FencingToken">The owner's token.</param>
/// <param name="Ticket">The attempt.</param>
/// <param name="Hash">The package.</param>
/// <param name="Folder">The name of the folder in the working directory; empty: the working directory itself.</param>
/// <param name="Kind"><c>tar</c>, <c>zip</c>, or <c>file:NAME</c> for the file as it is.</param>
public sealed record PackageToUnpack(string Run, long FencingToken, string Ticket, string Hash, string Folder, string Kind);
