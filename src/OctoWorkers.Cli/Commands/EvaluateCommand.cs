using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Templates;
using OctoWorkers.Engine.Templates;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers evaluate</c></summary>
internal static class EvaluateCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string?> template = new("TEMPLATE") { Description = "The template.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> templateFile = new("--template-file") { Description = "Read the template from a file instead.", HelpName = "FILE" };
        Option<string?> variables = new("--variables") { Description = "A JSON file: one object with names and their values.", HelpName = "FILE" };
        Option<bool> strict = new("--strict") { Description = "Fail when a part of the template could not be evaluated." };
        Command command = new("evaluate", "Evaluates a template. Names that are not there are written to standard error.") { template, templateFile, variables, strict };
        command.SetAction(async (result, cancellationToken) =>
        {
            string text = await TextAsync(result.GetValue(template), result.GetValue(templateFile), cancellationToken).ConfigureAwait(false);
            TemplateValues values = result.GetValue(variables) is { } path
                ? await VariablesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false)
                : TemplateValues.Empty;
            TemplateResult evaluated = Template.Parse(text).Evaluate(values, invocation.Context.Time);
            if (result.GetValue(strict))
            {
                RequireComplete(evaluated);
            }

            Print(invocation.Printer(result), evaluated);
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<string> TextAsync(string? template, string? file, CancellationToken cancellationToken) => (template, file) switch
    {
        ({ } text, null) => text,
        (null, { } path) => await InputFile.ReadAsync(path, cancellationToken).ConfigureAwait(false),
        (null, null) => throw new OctoWorkersException(EngineError.InvalidArgument, "There is no template. Give it as an argument, or with --template-file."),
        _ => throw new OctoWorkersException(
            EngineError.InvalidArgument, "There are two templates: an argument, and --template-file. Give one of them.", file),
    };

    private static void RequireComplete(TemplateResult evaluated)
    {
        List<string> found =
        [
            .. evaluated.Unresolved.Take(20).Select(name => $"there is no {name}"),
            .. evaluated.Problems.Take(20).Select(problem => problem.ToString().TrimEnd('.')),
        ];
        if (found.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.TemplateInvalid,
                $"The template could not be evaluated as a whole: {string.Join("; ", found)}. Give the values and mend these places, or leave --strict out.");
        }
    }

    private static void Print(ResultPrinter printer, TemplateResult evaluated)
    {
        printer.One(evaluated, static (json, evaluated) =>
        {
            json.WriteStartObject();
            json.Property("text", evaluated.Text);
            json.Array("unresolved", evaluated.Unresolved);
            json.Array("problems", evaluated.Problems, static (json, problem) =>
            {
                json.WriteStartObject();
                json.Property("variable", problem.Variable);
                json.Property("line", problem.Line);
                json.Property("column", problem.Column);
                json.Property("message", problem.Message);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        }, () => printer.Console.Out.WriteLine(evaluated.Text));
        foreach (string name in evaluated.Unresolved)
        {
            printer.Notice(DisplayText.Line(name));
        }

        foreach (TemplateProblem problem in evaluated.Problems)
        {
            printer.Notice($"problem: {DisplayText.Line(problem.ToString())}");
        }
    }
}
