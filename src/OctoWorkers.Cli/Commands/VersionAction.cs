using System.CommandLine;
using System.CommandLine.Invocation;

namespace OctoWorkers.Cli.Commands;

/// <summary>Shows the version, whatever else was said.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Text);
        return ExitCodes.Success;
    }
}
