using System.Collections;
using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Copies files and folders of this machine to one worker.</summary>
/// <param name="dialogue">The worker's half: <c>receive</c>.</param>
/// <param name="pipeline">Asks, and takes what was copied.</param>
/// <param name="progress">Shows how far it is.</param>
internal sealed class CopyToWorker(SessionDialogue dialogue, IPipelineWriter pipeline, CopyProgress progress)
{
    /// <summary>Copies sources to a place there: into it when it is a folder, ends in a separator, or there are several sources; else it is the new name.</summary>
    internal async Task CopyAsync(IReadOnlyList<string> sources, string destination, bool recurse, CancellationToken cancellationToken)
    {
        PSObject seen = await dialogue.AskAsync(new() { ["Op"] = "look", ["Path"] = destination }, destination, cancellationToken).ConfigureAwait(false);
        string place = SessionDialogue.Text(seen, "Path");
        char separator = SessionDialogue.Text(seen, "Separator")[0];
        bool isInto = LanguagePrimitives.IsTrue(seen.Properties["IsFolder"]?.Value) || destination[^1] is '/' or '\\' || sources.Count > 1;
        await pipeline.ForEachAsync(sources, async source =>
        {
            string target = isInto ? Below(place, Path.GetFileName(source.TrimEnd(Path.DirectorySeparatorChar)), separator) : place;
            if (!Directory.Exists(source))
            {
                if (LeftOutItem.Of(new FileInfo(source), isAskedFor: true) is { } whole)
                {
                    await whole.WriteAsync(pipeline, dialogue.Worker, isThere: false).ConfigureAwait(false);
                }
                else if (await pipeline.ShouldProcessAsync($"Worker '{dialogue.Worker}': {target}", $"Copy {source}").ConfigureAwait(false))
                {
                    await CopyFileAsync(source, target, separator, cancellationToken).ConfigureAwait(false);
                }

                return;
            }

            if (!recurse)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"'{source}' is a folder: give -Recurse to copy it with what it holds.", source);
            }

            FolderWalk walk = FolderWalk.Through(source);
            foreach (LeftOutItem one in walk.LeftOut)
            {
                await one.WriteAsync(pipeline, dialogue.Worker, isThere: false).ConfigureAwait(false);
            }

            if (await pipeline.ShouldProcessAsync($"Worker '{dialogue.Worker}': {target}", $"Copy {source}: {FoundItem.Sum(walk.Items)}").ConfigureAwait(false))
            {
                await CopyFolderAsync(walk.Items, target, separator, cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private async Task CopyFolderAsync(IReadOnlyList<FoundItem> items, string target, char separator, CancellationToken cancellationToken)
    {
        string There(FoundItem item) => item.Name.Length == 0 ? target : Below(target, item.Name.Replace('/', separator), separator);
        foreach (FoundItem item in items)
        {
            await (item.IsFolder ? FolderAsync("folder", There(item), 0, cancellationToken) : CopyFileAsync(item.Path, There(item), separator, cancellationToken)).ConfigureAwait(false);
        }

        // Only now, what is deepest first: a folder may be one in which nothing can be made.
        foreach (FoundItem folder in OperatingSystem.IsWindows() ? [] : items.Where(item => item.IsFolder).Reverse())
        {
            await FolderAsync("mode", There(folder), (int)folder.Mode, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FolderAsync(string request, string folder, int mode, CancellationToken cancellationToken)
        => await dialogue.AskAsync(new() { ["Op"] = request, ["Path"] = folder, ["Mode"] = mode }, folder, cancellationToken).ConfigureAwait(false);

    private async Task CopyFileAsync(string source, string target, char separator, CancellationToken cancellationToken)
    {
        FileInfo file;
        string hash;
        try
        {
            // What a link says of itself is not what is copied.
            file = (FileInfo?)File.ResolveLinkTarget(source, returnFinalTarget: true) ?? new FileInfo(source);
            hash = await PartialFile.HashAsync(source, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            EngineError error = e is FileNotFoundException or DirectoryNotFoundException ? EngineError.PathNotFound : EngineError.InvalidArgument;
            await pipeline.WriteErrorAsync(ErrorRecords.From(new OctoWorkersException(error, $"'{source}' cannot be read: {e.Message}", source, e))).ConfigureAwait(false);
            return;
        }

        int name = target.LastIndexOf(separator) + 1;
        Hashtable request = new()
        {
            ["Op"] = "begin", ["Path"] = target, ["Part"] = target[..name] + PartialFile.NameOf(target[name..], hash), ["Length"] = file.Length, ["Hash"] = hash,
            ["Written"] = file.LastWriteTimeUtc, ["Mode"] = FolderWalk.ModeOf(file),
        };
        PSObject answer = await dialogue.AskAsync(request, target, cancellationToken).ConfigureAwait(false);
        long sent = 0;
        if (SessionDialogue.StateOf(answer) != "same")
        {
            long from = SessionDialogue.Number(answer, "Offset");
            sent = await SendAsync(source, target, from, file.Length, cancellationToken).ConfigureAwait(false);
            if (!await IsWholeAsync(target, cancellationToken).ConfigureAwait(false))
            {
                // What an earlier transfer left was not the beginning of this file; it is gone now.
                await dialogue.AskAsync(request, target, cancellationToken).ConfigureAwait(false);
                sent = await SendAsync(source, target, 0, file.Length, cancellationToken).ConfigureAwait(false);
                if (!await IsWholeAsync(target, cancellationToken).ConfigureAwait(false))
                {
                    throw new OctoWorkersException(EngineError.InvalidArgument, $"'{source}' changed while it was copied to worker '{dialogue.Worker}'. Copy it again when nobody writes it.", source);
                }
            }
        }

        await pipeline.WriteObjectAsync(new CopiedItem(dialogue.Worker, source, target, file.Length, sent, hash)).ConfigureAwait(false);
    }

    private async Task<long> SendAsync(string source, string target, long from, long length, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(source);
        await using (stream.ConfigureAwait(false))
        {
            stream.Seek(from, SeekOrigin.Begin);
            int underWay = 0;
            while (true)
            {
                byte[] part = new byte[PartialFile.PartLength];
                int count = await stream.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                if (count > 0)
                {
                    dialogue.Send(count == part.Length ? part : part[..count]);
                    underWay++;
                }

                while (underWay > (count == 0 ? 0 : PartialFile.Window - 1))
                {
                    PSObject taken = await dialogue.ReceiveAsync(target, cancellationToken).ConfigureAwait(false);
                    underWay--;
                    await progress.ShowAsync(target, SessionDialogue.Number(taken, "Offset"), length).ConfigureAwait(false);
                }

                if (count == 0)
                {
                    return stream.Position - from;
                }
            }
        }
    }

    private async Task<bool> IsWholeAsync(string target, CancellationToken cancellationToken)
        => SessionDialogue.StateOf(await dialogue.AskAsync(new() { ["Op"] = "end" }, target, cancellationToken).ConfigureAwait(false)) == "whole";

    private static string Below(string folder, string name, char separator) => $"{folder.TrimEnd('/', separator)}{separator}{name}";
}
