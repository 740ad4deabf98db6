using System.Diagnostics;

namespace OctoWorkers.TestKit.Files;

/// <summary>A folder of a test's own, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes it.</summary>
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("octoworkers-test-").FullName;
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>A path in it.</summary>
    /// <param name="name">The name.</param>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a script that can be started, and returns its path.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text, with the <c>#!</c> line.</param>
    public string Program(string name, string text)
    {
        // Another program writes the file: while this process had it open to write, a child that it starts beside would keep it busy for whoever starts it.
        string path = File(name);
        string draft = File($"{name}.text");
        System.IO.File.WriteAllText(draft, text);
        using (Process copy = Process.Start("cp", [draft, path]))
        {
            copy.WaitForExit();
        }

        System.IO.File.Delete(draft);
        Open(path);
        return path;
    }

    /// <summary>Lets every user read and start a file of it, and write into a folder of it.</summary>
    /// <param name="path">The path.</param>
    public static void Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Workers have POSIX permissions.");
        }

        System.IO.File.SetUnixFileMode(path, (UnixFileMode)(Directory.Exists(path) ? 0b111_111_111 : 0b111_101_101));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
