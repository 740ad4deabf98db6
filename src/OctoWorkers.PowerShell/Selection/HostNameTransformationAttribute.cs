using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Hosts are names. PowerShell would take the text of a table's row for one; of a row that names a computer, somebody meant WinRM.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostNameTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => inputData is PSObject { BaseObject: PSCustomObject } row && row.Properties["ComputerName"] is not null
            ? throw new ArgumentTransformationMetadataException(
                "An object with a ComputerName is no host of ssh. To reach computers of a table by WinRM, say so beside it: Add-Worker -Authentication Default.")
            : inputData;
}
