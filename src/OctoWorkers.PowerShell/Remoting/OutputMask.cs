using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Xml;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Takes secrets out of what scripts on workers write to other streams than that of results.</summary>
/// <param name="mask">Takes secrets out of a text; null: there are no secrets.</param>
internal sealed class OutputMask(Func<string, string>? mask)
{
    /// <summary>Knows no secret.</summary>
    internal static readonly OutputMask None = new(null);

    /// <summary>The text without secrets.</summary>
    internal string Of(string text) => mask is null ? text : mask(text);

    /// <summary>The object as it is when no secret is in it; else its text, without secrets.</summary>
    internal object? Of(object? value) => Finds(value) ? Of(Text(value!)) : value;

    /// <summary>Whether there is a secret in an object that came from a worker: in its text, its members, or its properties.</summary>
    internal bool Finds(object? value) => mask is not null && Finds(value, NothingSeen());

    /// <summary>The record as it is when no secret is in it. Else one with texts alone: what a worker tells besides, its exception and its place, is left out.</summary>
    internal ErrorRecord Of(ErrorRecord record)
    {
        if (mask is null || !Finds(record, NothingSeen()))
        {
            return record;
        }

        ErrorCategoryInfo category = record.CategoryInfo;
        ErrorRecord masked = new(new RemoteException(Of(record.Exception.Message)), Of(record.FullyQualifiedErrorId), category.Category, Of(record.TargetObject));
        masked.CategoryInfo.Activity = Of(category.Activity);
        masked.CategoryInfo.Reason = Of(category.Reason);
        masked.CategoryInfo.TargetName = Of(category.TargetName);
        masked.CategoryInfo.TargetType = Of(category.TargetType);
        if (record.ErrorDetails is { } details)
        {
            masked.ErrorDetails = new(Of(details.Message)) { RecommendedAction = Of(details.RecommendedAction ?? "") };
        }

        return masked;
    }

    private static HashSet<object> NothingSeen() => new(ReferenceEqualityComparer.Instance);

    private bool Finds(ErrorRecord record, HashSet<object> seen)
    {
        ErrorCategoryInfo category = record.CategoryInfo;
        InvocationInfo? place = record.InvocationInfo;
        object?[] parts =
        [
            record.Exception, record.FullyQualifiedErrorId, record.TargetObject, record.ScriptStackTrace, record.ErrorDetails?.Message, record.ErrorDetails?.RecommendedAction,
            category.GetMessage(), category.Activity, category.Reason, category.TargetName, category.TargetType,
            place?.Line, place?.PositionMessage, place?.ScriptName, place?.BoundParameters, place?.UnboundArguments, place?.InvocationName,
        ];
        return Finds(parts, seen);
    }

    // Only what a worker can have sent is looked into: other objects are asked for nothing but their text.
    private bool Finds(object? value, HashSet<object> seen)
    {
        if (value is null or byte[] || !(value is string or ValueType || seen.Add(value)))
        {
            return false;
        }

        return value switch
        {
            string text => Of(text) != text,
            PSObject wrapped => (wrapped.BaseObject is not PSCustomObject && Finds(wrapped.BaseObject, seen)) || Finds(Text(wrapped), seen)
                || wrapped.Properties.OfType<PSNoteProperty>().Any(property => Finds(property.Name, seen) || Finds(property.Value, seen)),
            RemoteException remote => Finds(remote.ToString(), seen) || Finds(remote.SerializedRemoteException, seen) || Finds(remote.SerializedRemoteInvocationInfo, seen)
                || Finds(remote.ErrorRecord, seen),
            ErrorRecord record => Finds(record, seen),
            XmlNode node => Finds(node.OuterXml, seen),
            IDictionary pairs => pairs.Keys.Cast<object?>().Any(key => Finds(key, seen)) || pairs.Values.Cast<object?>().Any(item => Finds(item, seen)),
            IEnumerable items => items.Cast<object?>().Any(item => Finds(item, seen)),
            _ => Finds(Text(value), seen),
        };
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
