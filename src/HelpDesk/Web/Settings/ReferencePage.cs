using System.Text;

namespace HelpDesk.Web.Settings;

/// <summary><c>dotnet HelpDesk.dll configuration</c>: all keys as docs/configuration.md has them, and no desk is started.</summary>
internal static class ReferencePage
{
    private const string Head =
        """
        # Configuration

        Every key that a desk reads. This page is written by the desk itself (`dotnet HelpDesk.dll configuration`), from what it reads the keys by.

        .NET configuration: `appsettings.json`, environment variables (`Mail__Host` for `Mail:Host`), arguments (`deploy/run --Mail:Host=localhost`); of these the later counts. None is needed, but where
        the database is: `deploy/run` says that itself. A value that cannot be is refused at start with one line that names the key, and exit code 1. One that is empty is as good as none.
        A key that is not known in one of these sections is a warning in the log (event 1106), and so is one in a section that is one letter away from these (`Mial__Host`); of other sections nothing is said, for the
        environment has much that is not the desk's.

        **From files.** A secret may lie in a file: `Mail__Password_FILE=/run/secrets/mail-password` gives `Mail:Password` what the file says, without its last end of line, and every key below likewise, but for
        those that .NET or a script reads (`ASPNETCORE_…`, `HELPDESK_…`). At most 64 KiB; files are read at the start. A key and its file together are refused.

        **Values.** Bounds of numbers and durations may themselves be. Durations are ISO 8601 in weeks, days, hours, minutes and seconds (`P2D`, `PT1H30M`), the smallest of them with a fraction if need be (`PT1.5H`), without years and months. Several values stand in one text, or as
        entries of a list (`Cors__Origins__0`, `Cors__Origins__1`).

        """;

    /// <returns>False where the arguments ask something else.</returns>
    public static async Task<bool> Asked(string[] arguments)
    {
        if (arguments is not ["configuration", .. var more]) return false;
        if (more.Length > 0) throw new WrongConfiguration($"'configuration' takes no arguments; it was given '{more[0]}'.");
        await Console.Out.WriteAsync(Write());
        return true;
    }

    public static string Write()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var section in Reference.All.GroupBy(SectionOf).OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            page.Append('\n').Append("## ").Append(section.Key.Length == 0 ? "Without a section" : section.Key).Append("\n\n| key | meaning | value | default |\n| --- | --- | --- | --- |\n");
            foreach (var setting in section) page.Append("| `").Append(setting.Name).Append("` | ").Append(setting.Meaning).Append(" | ").Append(setting.Values).Append(" | ").Append(DefaultOf(setting)).Append(" |\n");
        }

        return page.ToString();
    }

    private static string SectionOf(Setting setting) => setting.Name.IndexOf(':') is var end and >= 0 ? setting.Name[..end] : "";

    private static string? DefaultOf(Setting setting) => (setting.Default, setting.Note) switch
    {
        (null, var note) => note,
        (var text, null) => $"`{text}`",
        var (text, note) => $"`{text}` ({note})",
    };
}
