using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>The interruptions of a run as its loop carries them out: people are asked, heard, and no longer waited for.</summary>
internal sealed class RunInterruptions(RunRecord run, RunServices services)
{
    /// <summary>Asks about a step that is a manual intervention, or whose failure is held.</summary>
    public void Ask(RunDraft draft, StepState step)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        int number = draft.State.Interruptions.Length + 1;
        IReadOnlyList<InterruptionAnswer> answers = InterruptionVerdict.AnswersFor(step);
        if (step.Held is { } held)
        {
            string failure = held.Error ?? "It failed.";
            draft.Add(new InterruptionRaised(number, step.Of, step.Definition.Name, InterruptionKind.Failure, failure, [], answers)
            {
                At = now, Target = step.Target?.Name, Part = step.Target?.Number,
            });
            return;
        }

        int attempt = step.Attempts.Count + 1;
        draft.Add(new AttemptIntended(step.Number, attempt, null, null) { At = now });
        try
        {
            (string instructions, IReadOnlyList<string> responsible) = Evaluate(draft.State, step, (ManualAction)step.Definition.Action);
            draft.Add(new InterruptionRaised(number, step.Number, step.Definition.Name, InterruptionKind.Manual, instructions, responsible, answers) { At = now });
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.TemplateInvalid or EngineError.VariableConflict or EngineError.SecretUnreadable
            or EngineError.InvalidDefinition)
        {
            draft.Add(new AttemptEnded(step.Number, attempt, AttemptOutcome.Failed, null, e.Message, null) { At = now });
            draft.Add(new StepEnded(step.Number, StepStatus.Failed, e.Message) { At = now });
        }
    }

    /// <summary>Hears what a person answered; an answer that was heard before is left alone.</summary>
    public void Hear(RunDraft draft, InterruptionReply reply)
    {
        if (reply.Id.Number > draft.State.Interruptions.Length || !draft.State.Interruptions[reply.Id.Number - 1].IsOpen)
        {
            return;
        }

        InterruptionAnswered answered = new(reply.Id.Number, reply.Answer, reply.By, reply.Notes) { At = services.Time.GetUtcNow() };
        IReadOnlyList<RunEvent> follow = InterruptionVerdict.Follow(draft.State, answered);
        draft.Add(answered);
        foreach (RunEvent happened in follow)
        {
            draft.Add(happened);
        }
    }

    /// <summary>Ends a step's waiting because the run is stopped.</summary>
    public void Close(RunDraft draft, StepState step)
    {
        foreach (RunEvent happened in InterruptionVerdict.Close(draft.State, step, services.Time.GetUtcNow()).ToArray())
        {
            draft.Add(happened);
        }
    }

    // A secret in the instructions is masked with the event.
    private (string Instructions, IReadOnlyList<string> Responsible) Evaluate(RunState state, StepState step, ManualAction action)
    {
        StepVariables variables = StepVariables.Open(RunVariables.Of(run, state, step.Number, null), services.Secrets.Open);
        string instructions = services.Text.Evaluate(action.Instructions, variables).Text.TrimEnd();
        List<string> responsible = [];
        foreach (string user in action.Responsible)
        {
            EvaluatedText name = services.Text.Evaluate(user, variables);
            if (name.IsSensitive || EntityName.Problem(name.Text) is not null)
            {
                // Leaving it out could let anyone answer.
                throw new OctoWorkersException(
                    EngineError.InvalidDefinition,
                    $"'{user}', who is responsible for step '{step.Definition.Name}', names no user: {(name.IsSensitive ? "it holds a secret" : EntityName.Problem(name.Text))}. Give the name of a user.",
                    user);
            }

            responsible.Add(name.Text);
        }

        return (instructions, responsible);
    }
}
