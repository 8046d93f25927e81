using System.Text;

namespace HelpDesk.Tests.BadInput;

/// <summary>A request with something wrong in it.</summary>
/// <param name="What">What was done to it.</param>
internal sealed record Spoiled(HttpMethod Method, string Address, byte[]? Body, string? ContentType, string What)
{
    public List<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The member that a refusal must name; null where several could be at fault.</summary>
    public string? Member { get; init; }

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method, new Uri(Address, UriKind.Relative));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            if (ContentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public override string ToString() =>
        $"{Method} {Short(Address)} ({What}){(Headers.Count == 0 ? "" : " " + string.Join(", ", Headers.Select(header => $"{header.Name}: {Short(header.Value)}")))} {ContentType} {Short(Body is null ? "" : Encoding.UTF8.GetString(Body))}";

    private static string Short(string text) => text.Length <= 500 ? text : $"{text[..250]} … {text[^250..]}";
}
