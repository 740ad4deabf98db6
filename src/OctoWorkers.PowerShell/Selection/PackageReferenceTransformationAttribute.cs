using System.Collections;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>
/// Takes a package for a reference to it: an id, a hashtable with the keys of a definition (<c>Id</c>, <c>Feed</c>, <c>Version</c>, <c>Name</c>, <c>Extract</c>, <c>Acquire</c>), or the
/// package that a cmdlet gave, in the version that it has.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PackageReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Keys = ["Id", "Feed", "Version", "Name", "Extract", "Acquire"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Plain(inputData);
        return value is object[] several ? several.Select(One).ToArray() : new[] { One(value) };
    }

    private static PackageReference One(object? value)
    {
        try
        {
            return Plain(value) switch
            {
                PackageReference reference => reference,
                PackageRecord package => new(package.PackageId, FeedOf(package.Feed)) { Version = package.Version.Text },
                IDictionary table => Of(table),
                string { Length: > 0 } id => new(id),
                _ => throw new ArgumentTransformationMetadataException($"'{value}' is no package. Give an id, a hashtable such as @{{ Id = 'Acme.Web'; Version = '1.2.0' }}, or a package that Get-RunbookPackage gave."),
            };
        }
        catch (OctoWorkersException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static PackageReference Of(IDictionary table)
    {
        Dictionary<string, object?> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            string key = TextTable.Text(entry.Key);
            if (!Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentTransformationMetadataException($"A package has no '{key}'. It has: {string.Join(", ", Keys)}.");
            }

            given[key] = Plain(entry.Value);
        }

        if (Text("Id") is not { Length: > 0 } id)
        {
            throw new ArgumentTransformationMetadataException("A package needs an Id, such as @{ Id = 'Acme.Web' }.");
        }

        return new(id, Text("Feed") is { } feed ? FeedOf(feed) : null)
        {
            Version = Text("Version"),
            Name = Text("Name"),
            Extract = given.GetValueOrDefault("Extract") is not { } extract || (bool)Converted(extract, typeof(bool), "Extract"),
            Acquire = given.GetValueOrDefault("Acquire") is { } acquire ? (PackageAcquisition)Converted(acquire, typeof(PackageAcquisition), "Acquire") : PackageAcquisition.Worker,
        };

        string? Text(string key) => given.GetValueOrDefault(key) is { } value ? TextTable.Text(value) : null;
    }

    private static object Converted(object value, Type type, string key)
        => LanguagePrimitives.TryConvertTo(value, type, out object result) ? result
            : throw new ArgumentTransformationMetadataException(
                $"{key} of a package cannot be '{value}'{(type.IsEnum ? $"; it is one of {string.Join(", ", Enum.GetNames(type))}" : "; it is $true or $false")}.");

    // The built-in feed is what a reference means that names none.
    private static string? FeedOf(string feed) => EntityName.Comparer.Equals(feed, FeedRecord.BuiltInName) ? null : feed;

    private static object? Plain(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
