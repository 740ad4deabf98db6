using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace OctoWorkers.Cli.Output;

/// <summary>
/// What the runtime's console does otherwise: it takes a pipe without a reader for success, and asking it for the terminal's width writes to the terminal.
/// </summary>
internal static class SystemCalls
{
    internal const int Interrupted = 4;
    internal const int BadDescriptor = 9;
    internal const int BrokenPipe = 32;

    private const int AgainOnLinux = 11;
    private const int AgainOnMac = 35;
    private const int MayWrite = 2;
    private const short Writable = 4;
    private const nuint WindowSizeOfLinux = 0x5413;
    private const nuint CloseOnExecutionOfLinux = 0x5451;
    private const nuint CloseOnExecutionOfMac = 0x20006601;
    private const int StandardStreams = 3;

    /// <summary>Writes some of the bytes.</summary>
    /// <returns>How many were written; or the negative error number.</returns>
    internal static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        nint written = write(descriptor, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        return written >= 0 ? (int)written : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Whether an error says that a descriptor that does not block takes nothing now.</summary>
    internal static bool IsAgain(int error) => error == (OperatingSystem.IsMacOS() ? AgainOnMac : AgainOnLinux);

    /// <summary>Waits until a descriptor takes something, or never will.</summary>
    internal static void WaitUntilWritable(int descriptor)
    {
        Poll asked = new() { Descriptor = descriptor, Events = Writable };
        _ = poll(ref asked, 1, -1);
    }

    /// <summary>The columns of a terminal on Linux; null when it is none, or does not know.</summary>
    internal static int? Columns(int descriptor)
    {
        WindowSize size = default;
        return OperatingSystem.IsLinux() && ioctl(descriptor, WindowSizeOfLinux, ref size) == 0 && size.Columns > 0 ? size.Columns : null;
    }

    /// <summary>From now on no process that is started has a descriptor of this one, except for the standard streams.</summary>
    internal static void KeepDescriptorsFromChildren()
    {
        string folder = OperatingSystem.IsLinux() ? "/proc/self/fd" : "/dev/fd";
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.GetFileSystemEntries(folder))
        {
            // One that has been closed since, as that of the listing itself, is no concern.
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) && descriptor >= StandardStreams)
            {
                _ = ioctl(descriptor, OperatingSystem.IsMacOS() ? CloseOnExecutionOfMac : CloseOnExecutionOfLinux, 0);
            }
        }
    }

    /// <summary>Whether this process was started with a signal ignored, as <c>nohup</c> does with SIGHUP; to be asked before it is listened for.</summary>
    internal static bool IsIgnored(int signal)
    {
        const string Ignored = "SigIgn:";
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal))
            : null;
        return line is not null
            && ulong.TryParse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask)
            && (mask >> (signal - 1) & 1) == 1;
    }

    /// <summary>Why this process must not write a file or folder; null when it may.</summary>
    internal static string? WhyNotWritable(string path)
        => access([.. Encoding.UTF8.GetBytes(path), 0], MayWrite) == 0 ? null : Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int descriptor, ref byte bytes, nuint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(ref Poll descriptors, nuint count, int timeout);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int descriptor, nuint request, ref WindowSize size);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int descriptor, nuint request, nint nothing);

    [DllImport("libc", SetLastError = true)]
    private static extern int access(byte[] path, int mode);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        internal int Descriptor;
        internal short Events;
        internal short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        internal ushort Rows;
        internal ushort Columns;
        internal ushort Width;
        internal ushort Height;
    }
}
