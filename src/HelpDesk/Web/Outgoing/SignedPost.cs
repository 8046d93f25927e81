using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Web.Outgoing;

/// <summary>A post of JSON after the Standard Webhooks specification: <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>.</summary>
internal static class SignedPost
{
    /// <param name="id">The same at every attempt. Without a dot.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="secrets">Each signs it.</param>
    /// <param name="at">By the machine's clock: receivers compare it with theirs.</param>
    public static HttpRequestMessage Of(Uri url, string id, byte[] body, IReadOnlyList<byte[]> secrets, Instant at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation(
            "webhook-signature", string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}")));
        return request;
    }
}
