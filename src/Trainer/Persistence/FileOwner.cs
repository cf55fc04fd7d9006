namespace MlNetShallowNet.Persistence;

/// <summary>Who owns a file, and whether it is a file at all. .NET does not tell; on Linux the system does, elsewhere it stays unknown.</summary>
internal sealed partial record FileOwner(uint User, uint Group, bool IsRegular)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint TypeModeUserGroup = 0x1 | 0x2 | 0x8 | 0x10; // STATX_TYPE, _MODE, _UID, _GID
    private const int TypeOfFile = 0xF000, RegularFile = 0x8000; // S_IFMT, S_IFREG

    /// <summary>The owner of what is at a path; null where nothing is, or where the system cannot be asked.</summary>
    public static FileOwner? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            // struct statx is the same on every processor: the user at byte 20, the group at 24, type and mode at 28.
            byte[] status = new byte[256];
            if (StatX(CurrentDirectory, path, 0, TypeModeUserGroup, status) != 0)
                return null;
            return new FileOwner(
                BitConverter.ToUInt32(status, 20), BitConverter.ToUInt32(status, 24), (BitConverter.ToUInt16(status, 28) & TypeOfFile) == RegularFile);
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes a file theirs, as far as the system allows: the group often, the user only where this process is the superuser's.</summary>
    public void GiveTo(string path)
    {
        if (ChangeOwner(path, User, Group) != 0)
            _ = ChangeOwner(path, uint.MaxValue, Group); // the user stays
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, [Out] byte[] status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
