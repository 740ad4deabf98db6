using System.Management.Automation;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>What a script on a worker wrote to its information stream or host, without secrets.</summary>
internal static class HostMessages
{
    /// <summary>The data of an information record; texts in it are masked, other objects stay what they are unless a secret is in them.</summary>
    internal static object Masked(object data, OutputMask mask)
    {
        object plain = data is PSObject { BaseObject: string or HostInformationMessage } wrapped ? wrapped.BaseObject : data;
        return plain switch
        {
            string text => mask.Of(text),
            HostInformationMessage message => new HostInformationMessage
            {
                Message = mask.Of(message.Message), NoNewLine = message.NoNewLine, ForegroundColor = message.ForegroundColor, BackgroundColor = message.BackgroundColor,
            },
            PSObject bag when bag.TypeNames.Any(static name => name.EndsWith(nameof(HostInformationMessage), StringComparison.Ordinal)) => new HostInformationMessage
            {
                Message = mask.Of(bag.Properties["Message"]?.Value as string ?? ""),
                NoNewLine = bag.Properties["NoNewLine"]?.Value as bool?,
                ForegroundColor = Color(bag, "ForegroundColor"),
                BackgroundColor = Color(bag, "BackgroundColor"),
            },
            _ => mask.Of(data)!,
        };
    }

    private static ConsoleColor? Color(PSObject bag, string name)
        => bag.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, out ConsoleColor color) ? color : null;
}
