using System.Diagnostics;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>A worker that has busybox and nothing else: every tool the runner starts is one of its applets.</summary>
public sealed class LocalBusyboxTests : LocalContract
{
    private const string Busybox = "/bin/busybox";

    protected override string? Missing => File.Exists(Busybox) ? null : "busybox is not installed";

    protected override string? Shell
    {
        get
        {
            string applets = Folder.File("applets");
            if (!Directory.Exists(applets))
            {
                Directory.CreateDirectory(applets);
                using Process process = Process.Start(new ProcessStartInfo(Busybox, ["--list"]) { RedirectStandardOutput = true })!;
                foreach (string applet in process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    File.CreateSymbolicLink(Path.Combine(applets, applet), Busybox);
                }

                Folder.Program("busybox-shell", $"#!{Busybox} ash\nPATH='{applets}' exec '{applets}/ash'\n");
            }

            return Folder.File("busybox-shell");
        }
    }
}
