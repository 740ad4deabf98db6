using System.Runtime.InteropServices;
using System.Text;

namespace OctoWorkers.Engine.Variables;

/// <summary>
/// Variables of the environment. The runtime decodes them as UTF-8 and replaces what is not; here the bytes are looked at, so that no value is changed
/// without a word.
/// </summary>
public static class EnvironmentText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Why a value is not the one that this process was started with, after "the variable": its bytes are not UTF-8. Null when nothing was replaced.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value, as the runtime has it.</param>
    public static string? Problem(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);

        // Windows keeps characters, not bytes.
        if (!value.Contains(Replacement, StringComparison.Ordinal) || OperatingSystem.IsWindows() || Bytes(name) is not { } bytes)
        {
            return null;
        }

        // The process may have set it since: then these are not its bytes.
        return Encoding.UTF8.GetString(bytes) == value && ValueText.TryDecode(bytes, out string problem) is null ? problem : null;
    }

    private static byte[]? Bytes(string name)
    {
        nint start = getenv([.. Encoding.UTF8.GetBytes(name), 0]);
        if (start == 0)
        {
            return null;
        }

        int length = 0;
        while (Marshal.ReadByte(start, length) != 0)
        {
            length++;
        }

        byte[] bytes = new byte[length];
        Marshal.Copy(start, bytes, 0, length);
        return bytes;
    }

    [DllImport("libc")]
    private static extern nint getenv(byte[] name);
}
