using System.Xml.Linq;

namespace OctoWorkers.HelpBuilder.Writing;

/// <summary>The namespaces of the help that <c>Get-Help</c> reads.</summary>
internal static class MamlNames
{
    internal static readonly XNamespace Root = "http://msh";
    internal static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
}
