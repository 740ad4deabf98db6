using OctoWorkers.Engine.Variables;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>A script in a file, whose extension tells its language.</summary>
internal static class ScriptFile
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>; <see cref="EngineError.DefinitionNotReadable"/>, also when it is not UTF-8.</exception>
    internal static (string Body, ScriptSyntax Syntax) Read(string file)
    {
        ScriptSyntax syntax = Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".SH" or ".BASH" => ScriptSyntax.Bash,
            ".PS1" => ScriptSyntax.PowerShell,
            ".PY" => ScriptSyntax.Python,
            _ => throw new OctoWorkersException(
                EngineError.InvalidArgument, $"The extension of '{file}' is none of .sh, .ps1 and .py, so its language is unknown. Rename it, or give the script's text.", file),
        };
        try
        {
            string body = ValueText.TryDecode(File.ReadAllBytes(file), out string problem)
                ?? throw new OctoWorkersException(EngineError.DefinitionNotReadable, $"The script file '{file}' {problem}.", file);
            return (body, syntax);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.DefinitionNotReadable, $"The script file '{file}' cannot be read: {e.Message}", file, e);
        }
    }
}
