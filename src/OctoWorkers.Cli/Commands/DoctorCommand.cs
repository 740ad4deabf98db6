using System.CommandLine;
using OctoWorkers.Cli.Doctor;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers doctor</c></summary>
internal static class DoctorCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<bool> noWorkers = new("--no-workers") { Description = "Do not connect to the workers." };
        Command command = new("doctor", "Says what is wrong on this machine, with the store, and with each worker. Exits with 1 when there is a problem.")
        {
            noWorkers,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            ResultPrinter printer = invocation.Printer(result);
            string home = invocation.Home(result);
            List<Finding> findings = [.. await new MachineExamination(home, invocation.Context.Time).ExamineAsync(cancellationToken).ConfigureAwait(false)];
            try
            {
                await invocation.WithEngine(async (session, _, token) =>
                {
                    findings.AddRange(await new StoreExamination(session.Store, session.Time).ExamineAsync(token).ConfigureAwait(false));
                    findings.Add(await new KeyExamination(session.Store, session.Secrets).ExamineAsync(token).ConfigureAwait(false));
                    if (!result.GetValue(noWorkers))
                    {
                        findings.AddRange(await new WorkerExamination(session.Engine).ExamineAsync(token).ConfigureAwait(false));
                    }

                    return ExitCodes.Success;
                })(result, cancellationToken).ConfigureAwait(false);
            }
            catch (OctoWorkersException failure)
            {
                findings.Add(new("store", Verdict.Problem, $"{failure.Error}: {failure.Message}", Remedy(failure.Error, home)));
            }

            Show(printer, findings);
            return findings.Exists(finding => finding.Verdict == Verdict.Problem) ? ExitCodes.Failed : ExitCodes.Success;
        });
        return command;
    }

    private static void Show(ResultPrinter printer, List<Finding> findings)
        => printer.List(findings, static (json, finding) =>
        {
            json.WriteStartObject();
            json.Property("subject", finding.Subject);
            json.Property("verdict", finding.Verdict.ToString());
            json.Property("found", finding.Found);
            json.Property("remedy", finding.Remedy);
            json.WriteEndObject();
        }, () =>
        {
            TextTable table = new("WHAT", "VERDICT", "FOUND", "REMEDY");
            foreach (Finding finding in findings)
            {
                table.Add(finding.Subject, Of(finding.Verdict), finding.Found, finding.Remedy);
            }

            return table;
        });

    private static string Remedy(EngineError error, string home) => error switch
    {
        EngineError.StoreCorrupt => $"Restore {home} from a backup; or move it away, and a new store is begun there.",
        EngineError.StoreTooNew => "Use the newer version of octoworkers, or name another store with --home.",
        EngineError.StoreBusy => "See which other process works on the store, and try again.",
        EngineError.StoreFull => "Make room on the store's disk.",
        _ => $"Give this user the right to read and write {home}, or name another store with --home.",
    };

    private static Cell Of(Verdict verdict) => verdict switch
    {
        Verdict.Ok => new("ok", Tone.Good),
        Verdict.Warning => new("warning", Tone.Warning),
        _ => new("problem", Tone.Bad),
    };
}
