namespace HelpDesk.Web.Settings;

/// <summary>Keys that several parts of the desk read.</summary>
internal static class Everywhere
{
    public static readonly Text DeskName = new("Desk:Name", "how the desk signs its mail, and the name on its pages", "any text", "HelpDesk");

    public static readonly Text PublicUrl = new(
        "Desk:PublicUrl", "how customers reach the desk; used in links, and needed for the one to opt out (`https` for a single press in mail programs)", "an absolute http or https address",
        note: "the address it serves on");

    public static readonly Text DataFolder = new(
        "HELPDESK_DATA", "the folder for the private PostgreSQL, mail, logs, admin key; one desk per folder. Of these a desk that is started without `deploy/run` keeps mail and the signing key",
        "a folder that can be written, made where it is not there", ".data");

    public static readonly Text Urls = new(
        "urls", "where it serves; as an argument `--urls`", "addresses such as `http://127.0.0.1:5080`, separated by semicolons",
        note: "`http://127.0.0.1:5080` under `deploy/run`, `http://localhost:5000` without it", name: "ASPNETCORE_URLS");
}
