namespace HelpDesk.Web.Health;

/// <summary><c>dotnet HelpDesk.dll health [address]</c>: asks a desk that runs beside it whether it is ready, for images without a shell. Exit code 0 or 1.</summary>
internal static class HealthQuestion
{
    private const string Usual = "http://127.0.0.1:8080/health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>False where the arguments ask something else.</returns>
    public static async Task<bool> Asked(string[] arguments)
    {
        if (arguments is not ["health", ..]) return false;
        var (isReady, words) = await Ask(arguments.Length > 1 ? arguments[1] : Usual);
        await Console.Out.WriteLineAsync(words);
        Environment.ExitCode = isReady ? 0 : 1;
        return true;
    }

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
