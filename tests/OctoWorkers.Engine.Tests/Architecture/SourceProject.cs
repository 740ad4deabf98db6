using System.Xml.Linq;

namespace OctoWorkers.Engine.Tests.Architecture;

/// <summary>What a project file below <c>src</c> refers to.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Projects">Names of the projects that it refers to.</param>
/// <param name="Packages">The packages and assemblies that it refers to.</param>
internal sealed record SourceProject(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    internal static IReadOnlyList<SourceProject> All()
        => [.. Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)];

    private static SourceProject Read(string path)
    {
        XDocument file = XDocument.Load(path);
        return new(
            Path.GetFileNameWithoutExtension(path),
            [.. Included(file, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
            [.. Included(file, "PackageReference"), .. Included(file, "Reference"), .. Included(file, "FrameworkReference")]);
    }

    private static IEnumerable<string> Included(XDocument file, string element)
        => file.Descendants().Where(item => item.Name.LocalName == element).Select(item => item.Attribute("Include")!.Value);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OctoWorkers.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds OctoWorkers.PowerShell.sln.");
    }
}
