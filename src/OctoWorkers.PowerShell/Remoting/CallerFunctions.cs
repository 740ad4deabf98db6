using System.Collections;
using System.Management.Automation;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Functions of the caller's session that are taken along.</summary>
internal static class CallerFunctions
{
    /// <summary>Their definitions, by name.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when there is none of a name.</exception>
    internal static Hashtable Of(IEnumerable<string> names, SessionState caller)
    {
        Hashtable definitions = [];
        foreach (string name in names)
        {
            FunctionInfo[] found = [.. caller.InvokeCommand.GetCommands(name, CommandTypes.Function | CommandTypes.Filter, nameIsPattern: true).OfType<FunctionInfo>()];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                string hint = NearestWord.Hint(name, caller.InvokeCommand.GetCommands("*", CommandTypes.Function, nameIsPattern: true).Select(one => one.Name));
                throw new OctoWorkersException(EngineError.InvalidArgument, $"-Function: this session has no function '{name}'{(hint.Length > 0 ? hint : ".")}", name);
            }

            foreach (FunctionInfo function in found)
            {
                definitions[function.Name] = function.Definition;
            }
        }

        return definitions;
    }
}
