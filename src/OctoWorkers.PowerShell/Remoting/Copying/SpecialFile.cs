using System.Runtime.InteropServices;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Tells pipes, sockets and devices of this machine from files, without opening them: a pipe would wait for whoever writes it.</summary>
internal static class SpecialFile
{
    private const int RoomForStatus = 256;
    private const int ModeAt = 4;
    private const int TypeMask = 0xF000;

    /// <summary>"named pipe", "socket" or "device" when a path, or that to which it links, is one; null when it is a file or folder, or not there.</summary>
    internal static string? KindOf(string path)
    {
        byte[] status = new byte[RoomForStatus];
        return OperatingSystem.IsWindows() || Stat(path, status) != 0 ? null : (BitConverter.ToInt32(status, ModeAt) & TypeMask) switch
        {
            0x1000 => "named pipe",
            0xC000 => "socket",
            0x2000 or 0x6000 => "device",
            _ => null,
        };
    }

    // The runtime's own call: it has the same layout on all systems, which that of the C library has not.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] status);
}
