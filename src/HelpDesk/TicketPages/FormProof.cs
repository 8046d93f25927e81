using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Access;

namespace HelpDesk.TicketPages;

/// <summary>
/// That a form was taken from the page it is sent to: each copy has a key of its own, and the desk's word for it. Together with what browsers say of where a
/// request comes from, no other site can send it for her; and a copy that is sent twice counts once.
/// </summary>
internal sealed class FormProof(DeskKey desk)
{
    private const int KeyBytes = 16;
    private readonly byte[] secret = desk.For("ticket page form");

    public (string Key, string Proof) Make(string token)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        return (key, Base64Url.EncodeToString(Of(token, key)));
    }

    public bool IsGood(string token, string? key, string? proof) =>
        key?.Length == Base64Url.GetEncodedLength(KeyBytes) && proof is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Base64Url.EncodeToString(Of(token, key))), Encoding.UTF8.GetBytes(proof));

    /// <summary>
    /// Whether the browser says that it comes from a page of the desk's; those that say nothing are believed. A page that sends no referrer has the origin null, so
    /// the other header counts first.
    /// </summary>
    public static bool IsSameSite(HttpRequest request, string publicUrl)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin";
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin || origin == "null"
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && (from.Authority == request.Host.Value || from.Authority == new Uri(publicUrl).Authority));
    }

    private byte[] Of(string token, string key) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{token} {key}"));
}
