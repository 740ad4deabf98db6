using System.Globalization;
using System.Xml.Linq;
using OctoWorkers.HelpBuilder.Commands;
using static OctoWorkers.HelpBuilder.Writing.MamlNames;

namespace OctoWorkers.HelpBuilder.Writing;

/// <summary>Writes a parameter as help.</summary>
internal static class MamlParameter
{
    /// <summary>A parameter in a syntax or in the list of parameters.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">Its text, by paragraph.</param>
    internal static XElement Write(ParameterFacts parameter, IReadOnlyList<string> text)
    {
        XElement element = new(
            Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", parameter.TypeName.EndsWith(']')),
            new XAttribute("globbing", parameter.AcceptsWildcards),
            new XAttribute("pipelineInput", parameter.PipelineInput),
            new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(text));
        if (parameter.Values.Count > 0)
        {
            element.Add(new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => Value(value, isRequired: false))));
        }

        if (!parameter.IsSwitch)
        {
            element.Add(Value(parameter.TypeName, isRequired: true));
        }

        element.Add(
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default ?? "None"));
        return element;
    }

    /// <summary>A description, with a paragraph for each text.</summary>
    internal static XElement Description(IEnumerable<string> texts) => new(Maml + "description", texts.Select(Paragraph));

    /// <summary>A paragraph.</summary>
    internal static XElement Paragraph(string text) => new(Maml + "para", text);

    private static XElement Value(string text, bool isRequired)
        => new(Command + "parameterValue", new XAttribute("required", isRequired), new XAttribute("variableLength", false), text);
}
