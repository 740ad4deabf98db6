namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>A worker whose user may make no control group and that has no subreaper, so that a tree is ended by searching for it.</summary>
public sealed class LocalUnprivilegedTests : LocalContract
{
    protected override string? Missing
        => Environment.UserName != "root" ? "only root can become another user"
        : !File.Exists("/usr/bin/setpriv") ? "setpriv is not installed"
        : null;

    protected override string? Shell => Folder.Program(
        "unprivileged", "#!/bin/sh\nPATH=/usr/bin:/bin OCTOWORKERS_MEANS=Search exec /usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all /bin/sh\n");

    protected override WorkerConnection WithShell(string shell) => new LocalConnection { Shell = shell };
}
