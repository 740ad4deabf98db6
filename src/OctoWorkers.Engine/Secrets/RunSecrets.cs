namespace OctoWorkers.Engine.Secrets;

/// <summary>
/// The secrets of one run in this process: those of its definitions, and those that its scripts told. Everything that enters the run's journal goes by here.
/// Who opens a sealed value for a step adds it before the step starts. Any thread may use it.
/// </summary>
internal sealed class RunSecrets(ISecretProtector protector)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> values = new(StringComparer.Ordinal);
    private readonly List<string> waiting = [];
    private volatile SecretMasker masker = SecretMasker.None;
    private volatile bool isBehind;

    /// <summary>Masks what is known now. It stays as it is: ask again for each block of lines.</summary>
    public SecretMasker Masker => isBehind ? CatchUp() : masker;

    /// <summary>Opens the secrets that a run is created with, and those that its journal tells of.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="protector">Opens them; not asked when there is none.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/>.</exception>
    public static RunSecrets Of(RunRequest request, ISecretProtector protector)
    {
        RunSecrets secrets = new(protector);
        IEnumerable<VariableDefinition> variables = request.Variables
            .Concat(request.Snapshot.Variables)
            .Concat(request.VariableSets.SelectMany(set => set.Definition.Variables));
        foreach (VariableDefinition variable in variables.Where(variable => variable.Kind == VariableKind.Sensitive))
        {
            secrets.Add(variable.Sealed is { } token ? protector.Open(token) : variable.Value ?? "");
        }

        foreach (SealedText token in request.Outputs.Select(output => output.Sealed).OfType<SealedText>())
        {
            secrets.Add(protector.Open(token));
        }

        return secrets;
    }

    /// <summary>Adds the secrets that the scripts of the run told so far.</summary>
    /// <param name="events">The run's journal.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/>.</exception>
    public void AddAll(IEnumerable<RunEvent> events)
    {
        foreach (SecretRegistered registered in events.OfType<SecretRegistered>())
        {
            Add(protector.Open(registered.Sealed));
        }
    }

    /// <summary>Masks a value from the next line on.</summary>
    public SecretAddition Add(string value)
    {
        if (!SecretForms.CanMask(value))
        {
            return SecretAddition.NotMaskable;
        }

        lock (gate)
        {
            if (!values.Add(value))
            {
                return SecretAddition.Known;
            }

            waiting.Add(value);
            isBehind = true;
            return SecretAddition.Added;
        }
    }

    /// <summary>Encrypts a value for the journal.</summary>
    public SealedText Seal(string value) => protector.Seal(value);

    /// <summary>A text without the run's secrets.</summary>
    public string Mask(string text) => Masker.Apply(text);

    // Preparing is put off until something is to be masked: a script may tell many secrets in a row.
    private SecretMasker CatchUp()
    {
        lock (gate)
        {
            if (isBehind)
            {
                masker = masker.With(waiting);
                waiting.Clear();
                isBehind = false;
            }

            return masker;
        }
    }
}
