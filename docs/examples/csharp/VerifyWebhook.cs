#:sdk Microsoft.NET.Sdk.Web
// Takes the events of a webhook: verified, kept, each once.
//
//   dotnet run VerifyWebhook.cs [PORT]
//
// HELPDESK_WEBHOOK_SECRET is the webhook's secret, whsec_…. What is good is a line of events.ndjson before the desk hears so; work on it from
// there, in your own time.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

internal static class VerifyWebhook
{
    private const string Kept = "events.ndjson";
    private const long Largest = 1024 * 1024;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly SemaphoreSlim Taking = new(1);
    private static readonly HashSet<string> Taken = [.. File.Exists(Kept) ? File.ReadLines(Kept).Select(line => $"evt_{JsonNode.Parse(line)!["id"]}") : []];

    public static async Task Main(string[] args)
    {
        var secret = Environment.GetEnvironmentVariable("HELPDESK_WEBHOOK_SECRET") ?? throw new InvalidOperationException("HELPDESK_WEBHOOK_SECRET is not set.");
        var key = Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Largest);
        await using var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{args.FirstOrDefault() ?? "8787"}");
        app.MapPost("/{**path}", (RequestDelegate)(http => Take(http, key)));
        await app.StartAsync();
        Console.WriteLine($"listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }

    private static async Task Take(HttpContext http, byte[] key)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.ToArray();
        if (Fault(http.Request.Headers, body, key) is { } fault)
        {
            Console.WriteLine($"refused: {fault}");
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await Taking.WaitAsync();
        try
        {
            // The same id at every attempt and in every replay.
            var id = http.Request.Headers["webhook-id"].ToString();
            if (!Taken.Contains(id)) Keep(body);
            Taken.Add(id);
        }
        finally
        {
            Taking.Release();
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Null where it is the desk's, unchanged, and of now. Over the bytes as they came: JSON that was read and written again is other bytes.</summary>
    private static string? Fault(IHeaderDictionary headers, byte[] body, byte[] key)
    {
        string id = headers["webhook-id"].ToString(), stamp = headers["webhook-timestamp"].ToString();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{stamp}."), .. body];
        var ours = Encoding.ASCII.GetBytes($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
        // There may be several with blanks between them: while secrets are changed over, the old one and the new one.
        var theirs = headers["webhook-signature"].ToString().Split(' ').Select(Encoding.UTF8.GetBytes);
        if (!theirs.Any(signature => CryptographicOperations.FixedTimeEquals(signature, ours))) return "the signature is not the desk's";
        var isOfNow = long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch.AddSeconds(seconds)).Duration() <= Tolerance;
        return isOfNow ? null : "it is not of now";
    }

    private static void Keep(byte[] body)
    {
        using (var file = new FileStream(Kept, FileMode.Append))
        {
            file.Write([.. body, (byte)'\n']);
            file.Flush(flushToDisk: true);
        }

        Console.WriteLine($"took {JsonNode.Parse(body)!["type"]}");
    }
}
