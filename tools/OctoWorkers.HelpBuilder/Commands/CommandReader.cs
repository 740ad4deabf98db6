using System.Reflection;

namespace OctoWorkers.HelpBuilder.Commands;

/// <summary>Reads the cmdlets of an assembly from its metadata. Nothing of it is run.</summary>
internal sealed class CommandReader : IDisposable
{
    private const string AllSets = "__AllParameterSets";

    private readonly MetadataLoadContext context;
    private readonly Assembly assembly;

    /// <summary>Opens an assembly.</summary>
    /// <param name="assemblyPath">The assembly.</param>
    /// <param name="referencePaths">The assemblies it was compiled against, besides those of the running framework.</param>
    internal CommandReader(string assemblyPath, IEnumerable<string> referencePaths)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> paths = Directory.EnumerateFiles(framework, "*.dll").Concat(referencePaths).Append(assemblyPath);
        context = new(new PathAssemblyResolver(paths.DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)));
        assembly = context.LoadFromAssemblyPath(Path.GetFullPath(assemblyPath));
    }

    /// <summary>Its cmdlets, by name.</summary>
    internal IReadOnlyList<CommandFacts> Read()
        => [.. assembly.GetTypes()
            .Where(type => !type.IsAbstract)
            .Select(type => (Type: type, Cmdlet: type.FindAttribute("CmdletAttribute")))
            .Where(one => one.Cmdlet is not null)
            .Select(one => Read(one.Type, one.Cmdlet!))
            .OrderBy(one => one.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => context.Dispose();

    private static CommandFacts Read(Type type, CustomAttributeData cmdlet)
    {
        (string Set, ParameterFacts Parameter)[] declared = [.. type.GetProperties().SelectMany(ParameterReader.Read)];
        string? first = cmdlet.Named<string>("DefaultParameterSetName");

        // No parameter has to name the default set: then it is made of those that are in every set.
        string[] sets = [.. declared.Select(one => one.Set).Where(set => set != AllSets).Prepend(first).OfType<string>().Distinct()];
        IEnumerable<ParameterFacts> added = cmdlet.Named<bool>("SupportsShouldProcess") ? RiskParameters : [];
        IReadOnlyList<ParameterFacts>[] syntax =
        [
            .. (sets.Length == 0 ? [AllSets] : sets).Select(set => declared
                .Where(one => one.Set == set || one.Set == AllSets)
                .Select(one => one.Parameter)
                .OrderBy(one => one.Position ?? int.MaxValue)
                .ThenBy(one => one.IsMandatory ? 0 : 1)
                .ThenBy(one => one.IsSwitch ? 1 : 0)
                .Concat(added)
                .ToArray()),
        ];
        ParameterFacts[] all = [.. declared.Select(one => one.Parameter).DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.Ordinal), .. added];
        string[] outputs =
        [
            .. type.CustomAttributes
                .Where(one => one.AttributeType.Name == "OutputTypeAttribute")
                .SelectMany(one => one.Positional())
                .Select(one => one is Type output ? output.FullName! : (string)one)
                .Distinct(),
        ];
        return new((string)cmdlet.ConstructorArguments[0].Value!, (string)cmdlet.ConstructorArguments[1].Value!, syntax, all, outputs);
    }

    private static IEnumerable<ParameterFacts> RiskParameters =>
    [
        new("WhatIf", "SwitchParameter", true, false, null, false, false, false, ["wi"], [], "False"),
        new("Confirm", "SwitchParameter", true, false, null, false, false, false, ["cf"], [], "False"),
    ];
}
