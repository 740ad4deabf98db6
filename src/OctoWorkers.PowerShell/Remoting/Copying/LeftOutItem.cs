using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Something that was found and is not copied.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">Where a dead link leads; the kind of what is neither file nor folder; else empty.</param>
/// <param name="IsAskedFor">Whether it is itself what was asked for, not only in a folder that was.</param>
internal sealed record LeftOutItem(string Path, LeftOutReason Reason, string Detail, bool IsAskedFor)
{
    /// <summary>What of this machine cannot be copied; null when it can.</summary>
    internal static LeftOutItem? Of(FileSystemInfo item, bool isAskedFor)
        => item.LinkTarget is { } target && !Leads(item) ? new(item.FullName, LeftOutReason.DeadLink, target, isAskedFor)
            : SpecialFile.KindOf(item.FullName) is { } kind ? new(item.FullName, LeftOutReason.Special, kind, isAskedFor)
            : null;

    /// <summary>Says so: an error for a link that leads nowhere and for what was asked for, else a warning.</summary>
    /// <param name="pipeline">Takes it.</param>
    /// <param name="worker">From or to which is copied.</param>
    /// <param name="isThere">Whether it is on the worker.</param>
    internal ValueTask WriteAsync(IPipelineWriter pipeline, string worker, bool isThere)
    {
        string place = isThere ? $"Worker '{worker}': " : "";
        return Reason switch
        {
            LeftOutReason.DeadLink => pipeline.WriteErrorAsync(ErrorRecords.From(new OctoWorkersException(
                EngineError.PathNotFound, $"{place}'{Path}' is a link that leads nowhere ('{Detail}'). Remove it, or make what it leads to.", Path))),
            LeftOutReason.Special when IsAskedFor => pipeline.WriteErrorAsync(ErrorRecords.From(new OctoWorkersException(
                EngineError.InvalidArgument, $"{place}'{Path}' is a {Detail}: only files and folders can be copied.", Path))),
            LeftOutReason.Special => pipeline.WriteWarningAsync($"[{worker}] '{Path}' is a {Detail}, and is left out."),
            _ => pipeline.WriteWarningAsync($"[{worker}] '{Path}' leads back to a folder that it is in, and is left out."),
        };
    }

    private static bool Leads(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            // It leads to itself.
            return false;
        }
    }
}
