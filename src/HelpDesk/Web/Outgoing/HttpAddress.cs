namespace HelpDesk.Web.Outgoing;

/// <summary>What counts as an address on the web, wherever one is taken in that the desk is to post to.</summary>
internal static class HttpAddress
{
    public const int MostCharacters = 2000;

    public const string Rule = "must be an absolute https or http address of at most 2000 characters without user and password, for example https://example.com/hooks/desk";

    /// <summary>No white space, nothing that could end a header, no user and password: those would be written into logs and answers.</summary>
    public static bool IsOne(string text) =>
        text.Length <= MostCharacters
        && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp)
        && parsed.UserInfo.Length == 0 && !HasUserMark(text)
        && parsed.Host.Length > 0;

    /// <summary>"https://@host" has an empty user, which the framework does not show.</summary>
    private static bool HasUserMark(string text)
    {
        var rest = text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        return (end < 0 ? rest : rest[..end]).Contains('@', StringComparison.Ordinal);
    }
}
