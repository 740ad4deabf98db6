namespace OctoWorkers;

/// <summary>What a person decides. The first two answer a manual intervention, the others a failure.</summary>
public enum InterruptionAnswer
{
    /// <summary>The run goes on.</summary>
    Proceed,
    /// <summary>The step has failed, and so will the run.</summary>
    Abort,
    /// <summary>The step is tried again.</summary>
    Retry,
    /// <summary>The step counts as succeeded.</summary>
    Ignore,
    /// <summary>The failure stands.</summary>
    Fail,

    /// <summary>The deployment target that the step failed for is left out of the rest of the run.</summary>
    Exclude,
}
