using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HelpDesk.Access;

/// <summary>Who signed in at the issuer and may do everything, as a session remembers it.</summary>
/// <param name="Id">As events name the actor.</param>
/// <param name="Agent">The address or id of the agent that the token named: she is asked about anew each time.</param>
internal sealed record TokenPerson(string Id, string Name, string? Agent)
{
    private const string Prefix = "jwt-";
    private const int LongestName = 100;
    private const int LongestText = 2500;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Caller Caller => new(Id, Name, [Scopes.Admin]);

    public string ToText() => Prefix + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this with { Name = Name.Length > LongestName ? Name[..LongestName] : Name }, Json));

    public static TokenPerson? Read(string text)
    {
        if (text.Length > LongestText || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Prefix.Length))) return null;
        try
        {
            return JsonSerializer.Deserialize<TokenPerson>(Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length)), Json) is { Id: not null, Name: not null } person ? person : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
