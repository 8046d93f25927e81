using System.Text.RegularExpressions;

namespace HelpDesk.Web.Health;

/// <summary>
/// <c>dotnet HelpDesk.dll health [address]</c>: asks a desk that runs beside it whether it is ready, for images without a shell. Exit code 0 or 1. Without an address it is the first
/// that the environment has the desk listen on (<c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>).
/// </summary>
internal static partial class HealthQuestion
{
    private const string Usual = "http://127.0.0.1:8080";
    private const string Ready = "/health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>False where the arguments ask something else.</returns>
    public static async Task<bool> Asked(string[] arguments)
    {
        if (arguments is not ["health", ..]) return false;
        var (isReady, words) = await Ask(Address(arguments.Length > 1 ? arguments[1] : Listening(Environment.GetEnvironmentVariable)));
        await Console.Out.WriteLineAsync(words);
        Environment.ExitCode = isReady ? 0 : 1;
        return true;
    }

    /// <summary>Where a desk listens on every address of the machine, it does on this one.</summary>
    internal static string Listening(Func<string, string?> environment)
    {
        var urls = (environment("ASPNETCORE_URLS") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(urls, url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) is { } url) return AnyHost().Replace(url, "http://127.0.0.1");
        var ports = (environment("ASPNETCORE_HTTP_PORTS") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ports.Length > 0 ? $"http://127.0.0.1:{ports[0]}" : Usual;
    }

    /// <summary>Of a bare address it is the page that tells of readiness.</summary>
    internal static string Address(string said) => Uri.TryCreate(said, UriKind.Absolute, out var address) && address.AbsolutePath == "/" ? said.TrimEnd('/') + Ready : said;

    [GeneratedRegex(@"^http://(\+|\*|0\.0\.0\.0|\[::\])", RegexOptions.IgnoreCase)]
    private static partial Regex AnyHost();

    private static async Task<(bool IsReady, string Words)> Ask(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            return (false, error.Message);
        }
    }
}
