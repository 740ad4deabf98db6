namespace OctoWorkers;

/// <summary>How a prompted variable is asked for.</summary>
public enum PromptControl
{
    /// <summary>One line of text.</summary>
    SingleLine,

    /// <summary>Several lines of text.</summary>
    MultiLine,

    /// <summary>One of a list of values.</summary>
    DropDown,

    /// <summary><c>True</c> or <c>False</c>.</summary>
    Checkbox,

    /// <summary>A secret.</summary>
    Sensitive,
}
