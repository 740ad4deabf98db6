using System.Collections;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Takes an intervention for its id: <c>Interruptions-7-1</c>, <c>7-1</c>, or the object that a cmdlet gave for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InterruptionIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData;
        return value is IList several ? several.Cast<object>().Select(One).ToArray() : One(value!);
    }

    private static InterruptionId One(object value)
    {
        object plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            InterruptionId id => id,
            Interruption interruption => interruption.Id,
            string text when InterruptionId.TryParse(text, out InterruptionId id) => id,
            PSCustomObject when value is PSObject row && Deserialized.Is(row) && InterruptionId.TryParse(row.ToString(), out InterruptionId id) => id,
            _ => throw new ArgumentTransformationMetadataException(
                $"'{value}' is no intervention. Give an id as Interruptions-7-1 or 7-1, or what Get-RunbookIntervention gave."),
        };
    }
}
