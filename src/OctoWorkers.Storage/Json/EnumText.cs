
namespace OctoWorkers.Storage.Json;

/// <summary>Enums are stored as the names of their members: numbers would change their meaning with a new member in the middle.</summary>
internal static class EnumText<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>().ToDictionary(value => value, value => value.ToString());
    private static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    internal static string Write(TEnum value)
        => Names.TryGetValue(value, out string? name) ? name : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(TEnum).Name} has no such member.");

    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreTooNew"/> when this program has no such member.</exception>
    internal static TEnum Read(string name)
        => Values.TryGetValue(name, out TEnum value)
            ? value
            : throw UnknownForm.Of(typeof(TEnum).Name, name);
}
