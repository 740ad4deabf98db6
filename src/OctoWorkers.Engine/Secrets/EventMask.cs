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
        TargetExcluded excluded => excluded with { Reason = secrets.Mask(excluded.Reason) },
        CancelRequested cancel => cancel with { Reason = secrets.Mask(cancel.Reason) },
        ArtifactCollected { Error: { } error } collected => collected with { Error = secrets.Mask(error) },
        FailureHeld { Error: { } error } held => held with { Error = secrets.Mask(error) },
        InterruptionRaised raised => raised with { Text = secrets.Mask(raised.Text) },
        InterruptionAnswered answered => answered with { Notes = secrets.Mask(answered.Notes) },
        _ => happened,
    };
}
