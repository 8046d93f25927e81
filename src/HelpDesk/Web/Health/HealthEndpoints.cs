namespace HelpDesk.Web.Health;

internal static partial class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static RouteGroupBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").ExcludeFromDescription();
        health.MapGet("/live", () => TypedResults.Ok(new Answer("live", null)));
        health.MapGet("/ready", Ready);
        return health;
    }

    private static async Task<IResult> Ready(IEnumerable<Readiness> all, ILoggerFactory logs, CancellationToken cancel)
    {
        var checks = new Dictionary<string, string>();
        foreach (var part in all) checks[part.Name] = await Look(part, logs, cancel);
        var good = checks.Values.All(state => state == "ok");
        return TypedResults.Json(
            new Answer(good ? "ready" : "not_ready", checks), statusCode: good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> Look(Readiness part, ILoggerFactory logs, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await part.Check(patience.Token) ?? "ok";
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogNotReady(logs.CreateLogger(typeof(HealthEndpoints)), part.Name, error.GetBaseException().Message);
            return "does not answer";
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "Not ready: {Part}: {Reason}")]
    private static partial void LogNotReady(ILogger log, string part, string reason);

    internal sealed record Answer(string Status, IReadOnlyDictionary<string, string>? Checks);
}
