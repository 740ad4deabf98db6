using OctoWorkers.Cli;
using OctoWorkers.Cli.Output;

// What the caller has open beyond the standard streams is nothing to the processes started here, some of which outlive this one.
SystemCalls.KeepDescriptorsFromChildren();
#if NATIVE
OctoWorkers.Cli.Native.ManagedProgram.TakeOver(args);
#endif
using CommandConsole console = CommandConsole.OfProcess();
return await CommandLine.RunAsync(args, CommandContext.OfProcess(console)).ConfigureAwait(false);
