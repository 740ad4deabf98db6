using System.Xml.Linq;
using OctoWorkers.HelpBuilder.Commands;
using OctoWorkers.HelpBuilder.Pages;
using static OctoWorkers.HelpBuilder.Writing.MamlNames;

namespace OctoWorkers.HelpBuilder.Writing;

/// <summary>Writes the help file of an assembly: what its metadata says, with the texts of its pages.</summary>
internal static class MamlWriter
{
    /// <summary>The whole file.</summary>
    /// <param name="commands">The cmdlets; each has a page.</param>
    /// <param name="pages">The pages.</param>
    internal static XDocument Write(IEnumerable<CommandFacts> commands, IReadOnlyList<HelpPage> pages)
        => new(new XElement(
            Root + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            commands.Select(command => Write(command, pages.Single(page => page.Name == command.Name)))));

    private static XElement Write(CommandFacts command, HelpPage page)
    {
        XElement Parameter(ParameterFacts parameter)
            => MamlParameter.Write(parameter, page.Parameters.TryGetValue(parameter.Name, out IReadOnlyList<string>? text) ? text : [StandardTexts.Parameters[parameter.Name]]);
        return new(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", command.Name),
                new XElement(Command + "verb", command.Verb),
                new XElement(Command + "noun", command.Noun),
                MamlParameter.Description([page.Synopsis])),
            MamlParameter.Description(page.Description),
            new XElement(
                Command + "syntax",
                command.ParameterSets.Select(set => new XElement(Command + "syntaxItem", new XElement(Maml + "name", command.Name), set.Select(Parameter)))),
            new XElement(Command + "parameters", command.Parameters.Select(Parameter)),
            new XElement(Command + "inputTypes", page.Inputs.Select(input => Type("inputType", input))),
            new XElement(Command + "returnValues", page.Outputs.Select(output => Type("returnValue", output))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(
                Command + "relatedLinks",
                page.Links.Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));
    }

    private static XElement Type(string element, TypeText type)
        => new(Command + element, new XElement(Dev + "type", new XElement(Maml + "name", type.TypeName)), MamlParameter.Description(type.Text));

    private static XElement Example(ExampleText example, int index)
    {
        string title = $"Example {index + 1}: {example.Title}";
        int dashes = Math.Max(4, (70 - title.Length) / 2);
        string line = new('-', dashes);
        return new(
            Command + "example",
            new XElement(Maml + "title", $"{line} {title} {line}"),
            // Get-Help puts the code right behind the introduction, so that ends with an empty line.
            new XElement(Maml + "introduction", example.Introduction.SkipLast(1).Append(example.Introduction[^1] + "\n\n").Select(MamlParameter.Paragraph)),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", example.Output.Length == 0 ? [] : [MamlParameter.Paragraph(example.Output)]));
    }
}
