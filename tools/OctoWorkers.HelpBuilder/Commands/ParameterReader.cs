using System.Reflection;

namespace OctoWorkers.HelpBuilder.Commands;

/// <summary>Reads what a property says as a parameter.</summary>
internal static class ParameterReader
{
    private const string AllSets = "__AllParameterSets";

    /// <summary>The property once for each parameter set that it is in; nothing when it is no parameter, or one that is not to be shown.</summary>
    internal static IEnumerable<(string Set, ParameterFacts Parameter)> Read(PropertyInfo property)
        => property.CustomAttributes
            .Where(one => one.AttributeType.Name == "ParameterAttribute" && !one.Named<bool>("DontShow"))
            .Select(one => (one.Named<string>("ParameterSetName") ?? AllSets, Read(property, one)));

    private static ParameterFacts Read(PropertyInfo property, CustomAttributeData parameter)
    {
        Type type = Bare(property.PropertyType);
        bool isSwitch = type.Name == "SwitchParameter";
        Type element = type.IsArray ? type.GetElementType()! : type;
        int? position = parameter.NamedArguments.Any(one => one.MemberName == "Position") ? parameter.Named<int>("Position") : null;
        return new(
            property.Name,
            NameOf(type),
            isSwitch,
            parameter.Named<bool>("Mandatory"),
            position,
            parameter.Named<bool>("ValueFromPipeline"),
            parameter.Named<bool>("ValueFromPipelineByPropertyName"),
            property.FindAttribute("SupportsWildcardsAttribute") is not null,
            [.. property.FindAttribute("AliasAttribute")?.Positional().Cast<string>() ?? []],
            element.IsEnum ? element.GetEnumNames() : [.. property.FindAttribute("ValidateSetAttribute")?.Positional().Cast<string>() ?? []],
            property.FindAttribute("PSDefaultValueAttribute") is { } given ? given.Named<string>("Help") ?? given.Named<object>("Value")?.ToString()
                : isSwitch ? "False" : null);
    }

    private static Type Bare(Type type)
        => type.IsGenericType && type.GetGenericTypeDefinition().FullName == "System.Nullable`1" ? type.GetGenericArguments()[0] : type;

    private static string NameOf(Type type) => type.IsArray ? NameOf(type.GetElementType()!) + "[]"
        : type.FullName == "System.Collections.IDictionary" ? "IDictionary"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}[{string.Join(", ", type.GetGenericArguments().Select(NameOf))}]"
        : type.Name;
}
