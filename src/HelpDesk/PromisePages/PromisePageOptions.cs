using HelpDesk.Web;

namespace HelpDesk.PromisePages;

/// <summary><c>Pages:EmbedIn</c>: whose pages may show the embedded form in a frame.</summary>
/// <param name="FrameAncestors">As Content-Security-Policy has it.</param>
internal sealed record PromisePageOptions(string FrameAncestors)
{
    private const string Key = "Pages:EmbedIn";

    public static PromisePageOptions Read(IConfiguration configuration)
    {
        var origins = (configuration[Key] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(origins switch
        {
            [] or ["*"] => "*",
            ["none"] => "'none'",
            _ => string.Join(' ', origins.Select(Checked)),
        });
    }

    /// <summary>What is no plain origin could say something else in the header.</summary>
    private static string Checked(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0 && uri.IdnHost == uri.Host
            ? origin
            : throw new WrongConfiguration($"{Key} must be origins such as https://www.example.com separated by spaces, or * for any, or none, but has '{origin}'.");
}
