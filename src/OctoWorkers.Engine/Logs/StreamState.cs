namespace OctoWorkers.Engine.Logs;

/// <summary>What is to be known of an output stream to go on reading it where its stored text ends.</summary>
/// <param name="Level">How its lines are meant.</param>
/// <param name="Continues">Whether the beginning of the line there is stored already.</param>
/// <param name="IsText">Whether no service message is looked for in the rest of that line.</param>
/// <param name="Masked">How many of the next bytes belong to a secret whose mask is stored already.</param>
public readonly record struct StreamState(StreamLevel Level, bool Continues = false, bool IsText = false, int Masked = 0);
