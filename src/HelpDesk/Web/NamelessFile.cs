namespace HelpDesk.Web;

/// <summary>A file on this server's disk for what arrives piece by piece.</summary>
internal static class NamelessFile
{
    public const int BufferBytes = 64 * 1024;

    /// <summary>Without a name from the beginning: a server that is killed leaves nothing.</summary>
    public static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"helpdesk-{Path.GetRandomFileName()}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferBytes, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }
}
