using OctoWorkers.Engine.Scripts;
using Xunit;

namespace OctoWorkers.Engine.Tests.Secrets;

/// <summary>Whether an interpreter can be used here.</summary>
internal static class Interpreter
{
    /// <summary>Skips the test where it is not installed.</summary>
    /// <param name="syntax">Its language.</param>
    internal static void Require(ScriptSyntax syntax)
    {
        string name = ScriptInterpreters.DemandOf(syntax).Name;
        Assert.SkipUnless(((string[])["/usr/local/bin/", "/usr/bin/", "/bin/"]).Any(folder => File.Exists(folder + name)), $"{name} is not installed");
    }
}
