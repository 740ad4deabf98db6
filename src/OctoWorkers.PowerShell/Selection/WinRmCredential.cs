using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>A credential that is given for a computer. Its password is not sealed yet; an empty credential takes away what was there.</summary>
internal static class WinRmCredential
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the user name or the password is not usable.</exception>
    internal static WinRmConnection Given(WinRmConnection connection, PSCredential? credential)
        => credential is null ? connection
            : credential == PSCredential.Empty ? connection with { User = null, Password = null }
            : (connection with { User = credential.UserName }).WithPassword(GivenVariables.Text(credential.Password));
}
