using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Web.Settings;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Access;

/// <summary>
/// The desk's own key, of which secrets and tokens are made for one purpose each, so that none of them is stored: <c>Desk:SigningKey</c>, else a random one
/// in a file of the data folder, made once. Servers that share a database share it.
/// </summary>
internal sealed class DeskKey
{
    private const int MinLength = 32;
    private const string FileName = "signing-key";

    private static readonly Secret Configured = new(
        "Desk:SigningKey", "what secrets of webhooks and links to opt out are made of; servers that share a database must share it, another one makes all of them anew",
        $"{MinLength} or more visible ASCII characters without blanks", $"made once, kept in `$HELPDESK_DATA/{FileName}`");

    private readonly byte[] key;

    private DeskKey(string key) => this.key = Encoding.UTF8.GetBytes(key);

    /// <param name="signs">Whether anything is signed; where nothing is, nothing is to be left behind.</param>
    public static DeskKey Read(IConfiguration configuration, bool signs = true)
    {
        if (Configured.Read(configuration) is { } configured)
        {
            return IsGood(configured) ? new(configured) : throw Configured.Wrong($"(environment: Desk__SigningKey) must be {Configured.Values}; it has {configured.Length}");
        }

        if (DocumentRun.IsOn || !signs) return new(Fresh());
        var path = Path.GetFullPath(Path.Combine(Everywhere.DataFolder.Read(configuration)!, FileName));
        try
        {
            if (!File.Exists(path)) Make(path);
            var kept = File.ReadAllText(path).Trim();
            return IsGood(kept) ? new(kept) : throw new WrongConfiguration(
                $"{path} must hold {MinLength} or more visible ASCII characters. Put back the key that was in it, or delete it to have a new one made: what was signed before is good no more.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongConfiguration(
                File.Exists(path) ? $"The desk's signing key {path} is there and cannot be read: {error.Message} Make it readable for the user that the desk runs as: with another key, what was signed before is good no more."
                : $"The desk's signing key cannot be kept in {path}: {error.Message} Set Desk:SigningKey, or name a folder that can be written in HELPDESK_DATA.",
                error);
        }
    }

    private static bool IsGood(string key) => key.Length >= MinLength && key.All(letter => letter is > ' ' and <= '~');

    private static string Fresh() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>It appears whole, readable by its owner alone; of two servers that start at once one makes it.</summary>
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(unfinished, Encoding.ASCII, options)) file.WriteLine(Fresh());
        try
        {
            // On Unix a move may replace what another has made meanwhile; a second name for the file never does.
            if (OperatingSystem.IsWindows() || (Link(Encoding.UTF8.GetBytes(unfinished + '\0'), Encoding.UTF8.GetBytes(path + '\0')) != 0 && !File.Exists(path))) File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another was quicker.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);

    /// <summary>32 bytes for one purpose; they tell nothing of the key, nor of those for another purpose.</summary>
    public byte[] For(string purpose) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose));
}
