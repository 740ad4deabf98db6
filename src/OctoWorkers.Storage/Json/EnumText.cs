
namespace OctoWorkers.Storage.Json;

/// <summary>Enums are stored as the names of their members: numbers would change their meaning with a new member in the middle.</summary>
internal static class EnumText<TEnum>
    where TEnum : struct, Enum
{
    // Arrays: a dictionary of each enum is compiled anew when a command starts, and these are short.
    private static readonly TEnum[] Members = Enum.GetValues<TEnum>();
    private static readonly string[] Names = Enum.GetNames<TEnum>();

    internal static string Write(TEnum value)
        => Array.IndexOf(Members, value) is var index and >= 0
            ? Names[index]
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{typeof(TEnum).Name} has no such member.");

    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreTooNew"/> when this program has no such member.</exception>
    internal static TEnum Read(string name)
        => Array.IndexOf(Names, name) is var index and >= 0
            ? Members[index]
            : throw UnknownForm.Of(typeof(TEnum).Name, name);
}
