namespace OctoWorkers.Engine.Secrets;

/// <summary>Takes the secrets out of what an event says in words, before it is stored.</summary>
internal static class EventMask
{
    public static RunEvent Apply(RunSecrets secrets, RunEvent happened) => happened switch
    {
        AttemptEnded { Error: { } error } ended => ended with { Error = secrets.Mask(error) },
        StepEnded { Error: { } error } ended => ended with { Error = secrets.Mask(error) },
        RunEnded { Error: { } error } ended => ended with { Error = secrets.Mask(error) },
        StepSkipped skipped => skipped with { Reason = secrets.Mask(skipped.Reason) },
        CancelRequested cancel => cancel with { Reason = secrets.Mask(cancel.Reason) },
        ArtifactCollected { Error: { } error } collected => collected with { Error = secrets.Mask(error) },
        _ => happened,
    };
}
