namespace OctoWorkers.Model.Tests.World;

/// <summary>A rule of the product was broken.</summary>
internal sealed class LawBrokenException(string message) : Exception(message);
