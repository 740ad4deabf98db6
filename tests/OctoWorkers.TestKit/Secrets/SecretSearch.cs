using System.Diagnostics;
using System.Text;

namespace OctoWorkers.TestKit.Secrets;

/// <summary>Looks for texts, in any of some forms, in files and in what the system shows of processes.</summary>
/// <param name="forms">The forms, by what they are; none of them short enough to be found by chance.</param>
public sealed class SecretSearch(IReadOnlyDictionary<string, byte[]> forms)
{
    private const int BlockSize = 1024 * 1024;

    /// <summary>A text as it is, in base64 and, where they differ, as part of an address and of a JSON text.</summary>
    /// <param name="secrets">The texts.</param>
    public static SecretSearch For(params IEnumerable<string> secrets)
    {
        Dictionary<string, byte[]> forms = [];
        foreach (string secret in secrets)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(secret);
            forms[$"{secret} as it is"] = bytes;
            forms[$"{secret} in UTF-16"] = Encoding.Unicode.GetBytes(secret);
            forms[$"{secret} in an address"] = Encoding.ASCII.GetBytes(Uri.EscapeDataString(secret));
            forms[$"{secret} in hexadecimal"] = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes));
            for (int before = 0; before < 3; before++)
            {
                string encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
                string core = encoded[(((before * 8) + 5) / 6)..((before + bytes.Length) * 8 / 6)];
                forms[$"{secret} in base64, {before} bytes in"] = Encoding.ASCII.GetBytes(core);
            }
        }

        return new(forms);
    }

    /// <summary>Where any form is in the files below folders: a line for each file and form.</summary>
    /// <param name="folders">The folders, or files; what goes away meanwhile is passed over.</param>
    public IReadOnlyList<string> InFiles(params IEnumerable<string> folders)
        => [.. folders.SelectMany(folder => Directory.Exists(folder) ? RegularFiles(folder) : [folder]).SelectMany(InFile)];

    /// <summary>Where any form is in the arguments and the environment of processes: a line for each. Processes that may not be looked at are passed over.</summary>
    public IReadOnlyList<string> InProcesses()
        => [.. Directory.EnumerateDirectories("/proc")
            .Where(path => Path.GetFileName(path).All(char.IsAsciiDigit))
            .SelectMany(path => (string[])[Path.Combine(path, "cmdline"), Path.Combine(path, "environ")])
            .SelectMany(InFile)];

    /// <summary>Which forms are in bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public IReadOnlyList<string> In(ReadOnlySpan<byte> bytes)
    {
        List<string> found = [];
        foreach ((string name, byte[] form) in forms)
        {
            if (bytes.IndexOf(form) >= 0)
            {
                found.Add(name);
            }
        }

        return found;
    }

    // Whoever opens a named pipe waits for somebody who writes to it, so those that a worker has are not opened.
    private static string[] RegularFiles(string folder)
    {
        using Process find = Process.Start(new ProcessStartInfo("find", [folder, "-type", "f", "-print0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        find.ErrorDataReceived += (_, _) => { };
        find.BeginErrorReadLine();
        string paths = find.StandardOutput.ReadToEnd();
        find.WaitForExit();
        return paths.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private IEnumerable<string> InFile(string path)
    {
        HashSet<string> found = [];
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            int overlap = forms.Values.Max(form => form.Length) - 1;
            byte[] block = new byte[BlockSize + overlap];
            int kept = 0;
            int read;
            while ((read = file.Read(block, kept, block.Length - kept)) > 0)
            {
                int length = kept + read;
                found.UnionWith(In(block.AsSpan(0, length)));
                kept = Math.Min(overlap, length);
                block.AsSpan(length - kept, kept).CopyTo(block);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process or file that has gone, or somebody else's.
        }

        return found.Select(form => $"{path}: {form}");
    }
}
