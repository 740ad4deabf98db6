using System.Collections;
using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Copies files and folders of one worker to this machine.</summary>
/// <param name="dialogue">The worker's half: <c>send</c>.</param>
/// <param name="pipeline">Asks, and takes what was copied.</param>
/// <param name="progress">Shows how far it is.</param>
internal sealed class CopyFromWorker(SessionDialogue dialogue, IPipelineWriter pipeline, CopyProgress progress)
{
    /// <summary>Copies sources, which may be patterns, to a place here: into it when it is a folder, ends in a separator, or there are several; else it is the new name.</summary>
    internal Task CopyAsync(IReadOnlyList<CopySource> sources, string destination, bool isInto, bool recurse, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(sources, async given =>
        {
            string source = given.Path;
            (List<FoundItem> items, List<LeftOutItem> leftOut) = await ListAsync(given, recurse, cancellationToken).ConfigureAwait(false);
            foreach (LeftOutItem one in leftOut)
            {
                await one.WriteAsync(pipeline, dialogue.Worker, isThere: true).ConfigureAwait(false);
            }

            if (items.Count == 0)
            {
                return;
            }

            string[] roots = [.. items.Select(item => item.Name.Split('/')[0]).Distinct(StringComparer.Ordinal)];
            bool goesInto = isInto || roots.Length > 1 || sources.Count > 1 || Directory.Exists(destination);
            string sum = items is [{ IsFolder: false }] ? "" : $": {FoundItem.Sum(items)}";
            if (!await pipeline.ShouldProcessAsync(destination, $"Copy {source} of worker '{dialogue.Worker}'{sum}").ConfigureAwait(false))
            {
                return;
            }

            List<(string Folder, long Mode)> made = [];
            foreach (FoundItem item in items)
            {
                string name = item.Name;
                string below = goesInto ? name : name.Contains('/', StringComparison.Ordinal) ? name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..] : "";
                string target = below.Length == 0 ? destination : Inside(destination, below);
                if (item.IsFolder)
                {
                    MakeFolder(target);
                    made.Add((target, item.Mode));
                }
                else
                {
                    await CopyFileAsync(item.Path, target, cancellationToken).ConfigureAwait(false);
                }
            }

            // Only now, what is deepest first: a folder may be one in which nothing can be made.
            foreach ((string folder, long mode) in Enumerable.Reverse(made))
            {
                SetMode(folder, mode);
            }
        });

    private async Task<(List<FoundItem> Items, List<LeftOutItem> LeftOut)> ListAsync(CopySource source, bool recurse, CancellationToken cancellationToken)
    {
        List<FoundItem> items = [];
        List<LeftOutItem> leftOut = [];
        dialogue.Send(new Hashtable { ["Op"] = "list", ["Path"] = source.Path, ["IsLiteral"] = source.IsLiteral, ["Recurse"] = recurse });
        while (true)
        {
            PSObject answer = await dialogue.ReceiveAsync(source.Path, cancellationToken).ConfigureAwait(false);
            switch (SessionDialogue.StateOf(answer))
            {
                case "listed":
                    return (items, leftOut);
                case "left out":
                    leftOut.Add(new(
                        SessionDialogue.Text(answer, "Path"), Enum.Parse<LeftOutReason>(SessionDialogue.Text(answer, "Reason")), SessionDialogue.Text(answer, "Detail"),
                        LanguagePrimitives.IsTrue(answer.Properties["IsAskedFor"]?.Value)));
                    break;
                case var state:
                    items.Add(new(
                        SessionDialogue.Text(answer, "Name"), SessionDialogue.Text(answer, "Path"), state == "folder", SessionDialogue.Number(answer, "Length"), SessionDialogue.Number(answer, "Mode")));
                    break;
            }
        }
    }

    private async Task CopyFileAsync(string source, string target, CancellationToken cancellationToken)
    {
        if (Directory.Exists(target))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"'{target}' is a folder, and a file is to go there. Remove it, or give another destination.", target);
        }

        if (SpecialFile.KindOf(target) is { } kind)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"'{target}' is a {kind}, and a file is to go there. Give another destination.", target);
        }

        PSObject opened;
        try
        {
            opened = await dialogue.AskAsync(new() { ["Op"] = "open", ["Path"] = source }, source, cancellationToken).ConfigureAwait(false);
        }
        catch (OctoWorkersException unreadable) when (unreadable.Error != EngineError.WorkerUnavailable)
        {
            await pipeline.WriteErrorAsync(ErrorRecords.From(unreadable)).ConfigureAwait(false);
            return;
        }

        long length = SessionDialogue.Number(opened, "Length");
        string hash = SessionDialogue.Text(opened, "Hash");
        long received = 0;
        try
        {
            if (!File.Exists(target) || new FileInfo(target).Length != length || await PartialFile.HashAsync(target, cancellationToken).ConfigureAwait(false) != hash)
            {
                string folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
                MakeFolder(folder);
                string part = Path.Combine(folder, PartialFile.NameOf(Path.GetFileName(target), hash));
                received = await ReceiveAsync(source, part, length, cancellationToken).ConfigureAwait(false);
                if (await PartialFile.HashAsync(part, cancellationToken).ConfigureAwait(false) != hash)
                {
                    File.Delete(part);
                    throw new OctoWorkersException(
                        EngineError.InvalidArgument, $"'{source}' changed while it was copied from worker '{dialogue.Worker}'. Copy it again when nobody writes it.", source);
                }

                Finish(opened, part);
                File.Move(part, target, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"'{target}' cannot be written: {e.Message}", target, e);
        }

        await pipeline.WriteObjectAsync(new CopiedItem(dialogue.Worker, source, target, length, received, hash)).ConfigureAwait(false);
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"The folder '{folder}' cannot be made: {e.Message} Remove what is in its way, or give another destination.", folder, e);
        }
    }

    private async Task<long> ReceiveAsync(string source, string part, long length, CancellationToken cancellationToken)
    {
        FileStream stream = new(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length > length)
            {
                stream.SetLength(0);
            }

            stream.Seek(0, SeekOrigin.End);
            long from = stream.Position;
            long asked = from;
            int underWay = 0;
            while (asked < length || underWay > 0)
            {
                while (asked < length && underWay < PartialFile.Window)
                {
                    int count = (int)Math.Min(PartialFile.PartLength, length - asked);
                    dialogue.Send(new Hashtable { ["Op"] = "read", ["Offset"] = asked, ["Count"] = count });
                    asked += count;
                    underWay++;
                }

                PSObject answer = await dialogue.ReceiveAsync(source, cancellationToken).ConfigureAwait(false);
                underWay--;
                await stream.WriteAsync((byte[])answer.BaseObject, cancellationToken).ConfigureAwait(false);
                await progress.ShowAsync(source, stream.Position, length).ConfigureAwait(false);
            }

            return length - from;
        }
    }

    private static void Finish(PSObject opened, string part)
    {
        SetMode(part, SessionDialogue.Number(opened, "Mode"));
        if (opened.Properties["Written"]?.Value is DateTime written)
        {
            File.SetLastWriteTimeUtc(part, written);
        }
    }

    private static void SetMode(string path, long mode)
    {
        if (!OperatingSystem.IsWindows() && mode > 0)
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode);
        }
    }

    // A worker does not choose where on this machine it writes.
    private static string Inside(string folder, string name)
    {
        string whole = Path.GetFullPath(Path.Combine(folder, name));
        return whole.StartsWith(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? whole
            : throw new OctoWorkersException(EngineError.ProtocolViolation, $"A worker gave the name '{name}', which leads out of '{folder}'.", name);
    }
}
