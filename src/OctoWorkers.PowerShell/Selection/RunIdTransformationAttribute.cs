using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Takes a run for its id: <c>RunbookRuns-7</c>, <c>7</c>, or the object that a cmdlet gave for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : inputData;
        return value is IList several ? several.Cast<object>().Select(One).ToArray() : One(value!);
    }

    /// <summary>The run that a value names; null when it names none.</summary>
    internal static RunId? Find(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            RunId id => id,
            RunSummary summary => summary.Id,
            RunRecord record => record.Id,
            RunDetails details => details.Run.Id,
            RunArtifact artifact => artifact.Run,
            WorkerLease lease => lease.Run,
            Interruption interruption => interruption.Run,
            int number and > 0 => new(number),
            long number and > 0 => new(number),
            string text when RunId.TryParse(text, out RunId id) => id,
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 => new(number),
            PSCustomObject when value is PSObject row && Deserialized.Is(row) => FindIn(row),
            _ => null,
        };
    }

    // An id or a run that came out of a file or another process is written as its id; other things of the module say whose they are.
    private static RunId? FindIn(PSObject value) => RunId.TryParse(value.ToString(), out RunId id) ? id : Find(value.Properties["Run"]?.Value) ?? Find(value.Properties["Id"]?.Value);

    private static RunId One(object value) => Find(value)
        ?? throw new ArgumentTransformationMetadataException($"'{value}' is no run. Give an id as RunbookRuns-7 or 7, or a run that Get-RunbookRun gave.");
}
