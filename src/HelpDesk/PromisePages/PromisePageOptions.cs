using HelpDesk.Web.Settings;

namespace HelpDesk.PromisePages;

/// <summary><c>Pages:EmbedIn</c>: whose pages may show the embedded form in a frame.</summary>
/// <param name="FrameAncestors">As Content-Security-Policy has it.</param>
internal sealed record PromisePageOptions(string FrameAncestors)
{
    private static readonly Listed EmbedIn = new(
        "Pages:EmbedIn", "whose pages may show `/promises/embed` in a frame", "origins such as `https://www.example.com` separated by spaces, or `*` for any, or `none`", " ", "*");

    public static PromisePageOptions Read(IConfiguration configuration)
    {
        var origins = EmbedIn.Read(configuration);
        return new(origins switch
        {
            ["*"] => "*",
            ["none"] => "'none'",
            _ => string.Join(' ', origins.Select(Checked)),
        });
    }

    /// <summary>What is no plain origin could say something else in the header.</summary>
    private static string Checked(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0 && uri.IdnHost == uri.Host
            ? origin
            : throw EmbedIn.Refuse(origin);
}
