using System.Text;

namespace OctoWorkers.Engine.Scripts;

/// <summary>
/// PowerShell 7. The script's file is a bootstrap that is always the same; variables, modules and the body come as records through descriptor 3. The body runs
/// as <c>Script.ps1</c> of the working directory, which is its <c>$PSScriptRoot</c>.
/// </summary>
internal sealed class PowerShellInterpreter : IScriptInterpreter
{
    private static readonly byte[] Bootstrap = Encoding.UTF8.GetBytes(PowerShellPrelude.Text + ScriptResource.Read("powershell-file"));

    /// <inheritdoc/>
    public string Demand => "pwsh";

    /// <inheritdoc/>
    public IReadOnlyList<string> Command { get; } = ["pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File"];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",
    };

    /// <inheritdoc/>
    public ScriptParts Compose(ScriptSource source)
    {
        StringBuilder input = new();
        foreach ((string name, string value) in source.Variables)
        {
            AppendRecord(input, "variable", name, value);
        }

        foreach (ScriptModule module in source.Modules)
        {
            AppendRecord(input, "module", module.Name, ScriptText.WithoutMark(module.Body));
        }

        AppendRecord(input, "body", "", ScriptText.WithoutMark(source.Body));
        AppendRecord(input, "end", "", "");
        return new(Bootstrap, Encoding.UTF8.GetBytes(input.ToString()));
    }

    private static void AppendRecord(StringBuilder input, string kind, string name, string value)
        => input.Append(kind).Append(' ').Append(Base64(name)).Append(' ').Append(Base64(value)).Append('\n');

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
