using OctoWorkers.Cli;

using CommandConsole console = CommandConsole.OfProcess();
return await CommandLine.RunAsync(args, CommandContext.OfProcess(console)).ConfigureAwait(false);
