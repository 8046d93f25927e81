using Microsoft.AspNetCore.Http;

namespace HelpDesk.Tests.Guide;

/// <summary>The receiver of docs/examples with a secret; the shell script as a web server calls it, by CGI.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly Example? example;
    private readonly Between? server;

    private Receiver(string url, Example? example, Between? server) => (Url, this.example, this.server) = (url, example, server);

    public string Url { get; }

    public static async Task<Receiver> Start(Tongue tongue, string folder, string secret)
    {
        (string, string)[] settings = [("HELPDESK_WEBHOOK_SECRET", secret)];
        if (tongue is Tongue.Curl)
        {
            var server = await Between.Start((_, http) => Cgi(http, folder, settings));
            return new(server.Url, null, server);
        }

        var example = await Example.Start(tongue, "verify-webhook", folder, settings, "0");
        const string Said = "listening on ";
        var line = await example.Output.ReadLineAsync();
        Assert.That(line, Does.StartWith(Said), example.Complaints);
        _ = example.Output.ReadToEndAsync();
        return new(line![Said.Length..], example, null);
    }

    private static async Task Cgi(HttpContext http, string folder, IEnumerable<(string, string)> settings)
    {
        using var body = new StreamReader(http.Request.Body);
        var input = await body.ReadToEndAsync();
        IEnumerable<(string, string)> headers = http.Request.Headers
            .Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))
            .Select(header => ($"HTTP_{header.Key.Replace('-', '_').ToUpperInvariant()}", header.Value.ToString()));
        var (_, said, complaints) = await Example.Run(Tongue.Curl, "verify-webhook", folder, [.. settings, .. headers, ("CONTENT_LENGTH", $"{http.Request.ContentLength}")], input);
        Assert.That(said, Does.StartWith("Status: "), complaints);
        http.Response.StatusCode = int.Parse(said["Status: ".Length..][..3], null);
    }

    public async ValueTask DisposeAsync()
    {
        example?.Dispose();
        if (server is not null) await server.DisposeAsync();
    }
}
