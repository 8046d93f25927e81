using HelpDesk.Web.Settings;

namespace HelpDesk.Web;

/// <summary>
/// Values that lie in files, as orchestrators hand over secrets: <c>Access__AdminKey_FILE=/run/secrets/admin-key</c> gives <c>Access:AdminKey</c> what the file says. They are read once,
/// at the start.
/// </summary>
internal static class SecretFiles
{
    private const string Suffix = "_FILE";
    private const int MostBytes = 64 * 1024;

    /// <summary>Only for keys within a section and those that the desk reads: variables of other programs (<c>SSL_CERT_FILE</c>) end like that too.</summary>
    public static void AddSecretFiles(this ConfigurationManager configuration)
    {
        var named = configuration.AsEnumerable().Where(pair => pair.Key.EndsWith(Suffix, StringComparison.Ordinal) && IsOurs(pair.Key[..^Suffix.Length]) && !string.IsNullOrEmpty(pair.Value)).ToList();
        if (named.Count == 0) return;
        var values = named.ToDictionary(pair => pair.Key[..^Suffix.Length], pair => (string?)Read(pair.Key, pair.Value!));
        if (values.Keys.FirstOrDefault(key => !string.IsNullOrEmpty(configuration[key])) is { } twice) throw new WrongConfiguration($"{twice} and {twice}{Suffix} are both set: leave one out.");
        configuration.AddInMemoryCollection(values);
    }

    private static bool IsOurs(string key) => key.Contains(':') || Reference.All.Any(setting => setting is not Foreign && setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Without the end of line that most editors leave.</summary>
    private static string Read(string key, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            // A device has no end.
            var bytes = new byte[MostBytes + 1];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read > MostBytes) throw new WrongConfiguration($"{key} names the file '{path}', which has more than {MostBytes} bytes.");
            return System.Text.Encoding.UTF8.GetString(bytes, 0, read).TrimEnd('\r', '\n') is { Length: > 0 } value ? value
                : throw new WrongConfiguration($"{key} names the file '{path}', which is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongConfiguration($"{key} names the file '{path}', which cannot be read: {error.Message}", error);
        }
    }
}
