using OctoWorkers.TestKit.Ssh;

namespace OctoWorkers.Engine.Tests.Transports;

public sealed class SshShellTests(SshServer server) : SshContract(server);
