using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads the packages that a step refers to.</summary>
internal sealed class PackageReader(ReadingContext context)
{
    private static readonly string[] Keys = ["id", "feed", "version", "name", "extract", "acquire"];

    private static readonly (string, PackageAcquisition)[] Acquisitions =
        [("worker", PackageAcquisition.Worker), ("engine", PackageAcquisition.Engine), ("none", PackageAcquisition.None)];

    internal IReadOnlyList<PackageReference> Read(MappingReader step)
    {
        List<PackageReference> packages = [];
        foreach (YamlNode item in step.Items("packages"))
        {
            PackageReference? package = item is not YamlScalar ? ReadMapping(item)
                : ScalarValue.Name(item, "packages", context.Problems) is { } id ? new(id)
                : null;
            if (package is not null)
            {
                packages.Add(package);
            }
        }

        context.Problems.Try(step.ValueLocation("packages"), () => PackageReference.NamesOf(packages));
        return packages;
    }

    private PackageReference? ReadMapping(YamlNode item)
    {
        if (MappingReader.Open(item, "a package", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? feed = context.Reference(mapping, "feed", ReferenceKind.Feed);
        string? version = mapping.Text("version");
        string? name = mapping.Text("name");
        bool extract = mapping.Flag("extract", otherwise: true);
        PackageAcquisition acquire = mapping.Word("acquire", Acquisitions) ?? PackageAcquisition.Worker;
        if (mapping.RequiredName("id") is not { } id)
        {
            return null;
        }

        string? named = EntityName.Comparer.Equals(feed, FeedRecord.BuiltInName) ? null : feed;
        PackageReference plain = new(id, named) { Extract = extract, Acquire = acquire };
        PackageReference? versioned = context.Problems.Try(mapping.ValueLocation("version"), () => plain with { Version = version });
        return versioned is null ? null : context.Problems.Try(mapping.ValueLocation("name"), () => versioned with { Name = name });
    }
}
