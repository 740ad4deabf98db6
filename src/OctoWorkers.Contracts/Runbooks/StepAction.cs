namespace OctoWorkers;

/// <summary>What a step does.</summary>
public abstract record StepAction
{
    private protected StepAction()
    {
    }
}
