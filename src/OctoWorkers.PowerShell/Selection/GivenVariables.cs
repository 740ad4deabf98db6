using System.Collections;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>
/// Values given on a run, as a hashtable of names. A SecureString is a secret; a PSCredential gives two values, <c>Name.UserName</c> and the
/// secret <c>Name.Password</c>; anything else is its text.
/// </summary>
internal static class GivenVariables
{
    internal static IReadOnlyList<VariableDefinition> Of(Hashtable table)
        => [.. table.Cast<DictionaryEntry>().SelectMany(entry => Of(TextTable.Text(entry.Key), entry.Value))];

    internal static IEnumerable<VariableDefinition> Of(string name, object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            SecureString secret => [VariableDefinition.Sensitive(name, Text(secret))],
            PSCredential credential =>
            [
                VariableDefinition.Text($"{name}.UserName", credential.UserName),
                VariableDefinition.Sensitive($"{name}.Password", Text(credential.Password)),
            ],
            SwitchParameter flag => [VariableDefinition.Text(name, flag.IsPresent ? "True" : "False")],
            _ => [VariableDefinition.Text(name, TextTable.Text(plain))],
        };
    }

    /// <summary>All characters of a secret: a NetworkCredential would end it at the first NUL.</summary>
    internal static string Text(SecureString secret)
    {
        nint characters = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(characters, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(characters);
        }
    }
}
