using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HelpDesk.Access;

/// <summary>Who signed in at the issuer, as a session remembers her: as one who may do everything, or as a lead.</summary>
/// <param name="Id">As events name the actor.</param>
/// <param name="Agent">The address or id of the agent that the token named: she is asked about anew each time.</param>
internal sealed record TokenPerson(string Id, string Name, string? Agent)
{
    private const string Operator = "jwt-";

    /// <summary>Another one: a server of before there were sessions of leads takes it for none, and not for one of who may do everything.</summary>
    private const string Lead = "lead-";
    private const int LongestName = 100;
    private const int LongestText = 2500;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>She may do nothing but what a lead may, as long as the agent is one.</summary>
    [JsonIgnore]
    public bool IsLead { get; init; }

    [JsonIgnore]
    public Caller Caller => new(Id, Name, IsLead ? [] : [Scopes.Admin]);

    private string Prefix => IsLead ? Lead : Operator;

    public string ToText() => Prefix + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this with { Name = Name.Length > LongestName ? Name[..LongestName] : Name }, Json));

    public static TokenPerson? Read(string text)
    {
        var isLead = text.StartsWith(Lead, StringComparison.Ordinal);
        var prefix = isLead ? Lead : Operator;
        if (text.Length > LongestText || !text.StartsWith(prefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(prefix.Length))) return null;
        try
        {
            return JsonSerializer.Deserialize<TokenPerson>(Base64Url.DecodeFromChars(text.AsSpan(prefix.Length)), Json) is { Id: not null, Name: not null } person ? person with { IsLead = isLead } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
