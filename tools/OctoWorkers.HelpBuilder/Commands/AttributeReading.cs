using System.Collections.ObjectModel;
using System.Reflection;

namespace OctoWorkers.HelpBuilder.Commands;

/// <summary>Reads attributes that are known by metadata only.</summary>
internal static class AttributeReading
{
    /// <summary>The attribute of a name; null when there is none. Inherited ones count.</summary>
    internal static CustomAttributeData? FindAttribute(this MemberInfo member, string typeName)
        => member.CustomAttributes.FirstOrDefault(one => one.AttributeType.Name == typeName);

    /// <summary>A named argument; the type's default when it was not given.</summary>
    internal static T? Named<T>(this CustomAttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(one => one.MemberName == name).TypedValue.Value is T value ? value : default;

    /// <summary>The arguments of the constructor, with an array of them laid flat.</summary>
    internal static IEnumerable<object> Positional(this CustomAttributeData attribute)
        => attribute.ConstructorArguments
            .SelectMany(one => one.Value is ReadOnlyCollection<CustomAttributeTypedArgument> several ? several : [one])
            .Select(one => one.Value)
            .OfType<object>();
}
