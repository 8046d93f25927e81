using System.Text.Json;
using HelpDesk.Commitments;
using HelpDesk.Web.Json;

namespace HelpDesk.Rehearsals;

/// <summary>A rehearsal as it goes on: lines of JSON, or Server-Sent Events, of how far it has come; the last has the result.</summary>
internal sealed class RehearsalStream(string type, IAsyncEnumerable<RehearsalProgress> rehearsal) : IResult
{
    private const string Lines = "application/x-ndjson";
    private const string Events = "text/event-stream";

    /// <summary>What the client asks for; null where it is plain JSON.</summary>
    public static string? TypeFor(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.Select(type => type.MediaType.Value).ToList();
        return new[] { Lines, Events }.FirstOrDefault(known => accepted.Contains(known, StringComparer.OrdinalIgnoreCase));
    }

    public static RehearsalAnswer Answer(TicketRehearsal result) => new([], [], new ExplanationResponse([]), result);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (answer, cancel) = (httpContext.Response, httpContext.RequestAborted);
        answer.ContentType = type;
        answer.Headers.CacheControl = "no-store";
        await foreach (var progress in rehearsal.WithCancellation(cancel))
        {
            await answer.WriteAsync(Text(progress), cancel);
            await answer.Body.FlushAsync(cancel);
        }
    }

    private string Text(RehearsalProgress progress)
    {
        var json = progress.Result is { } result
            ? JsonSerializer.Serialize(new { progress.Done, progress.Total, Result = Answer(result) }, JsonConventions.Options)
            : JsonSerializer.Serialize(new { progress.Done, progress.Total }, JsonConventions.Options);
        return type == Lines ? $"{json}\n" : $"event: {(progress.Result is null ? "progress" : "result")}\ndata: {json}\n\n";
    }
}
