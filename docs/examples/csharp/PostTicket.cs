// Posts a case of ours as a ticket: once, whatever happens on the way.
//
//   dotnet run PostTicket.cs CASE < ticket.json
//
// CASE is what we call it ourselves. It is the ticket's externalRef and the Idempotency-Key in one, so that this may be run again at any time, also
// after it was killed. Prints the ticket's number. Exit code 1: refused, somebody must look; 75: the desk is away, run it again later.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

internal static class PostTicket
{
    private const int Tries = 8;
    private static readonly int[] Again = [408, 429, 500, 502, 503, 504];

    public static async Task<int> Main(string[] args)
    {
        using var desk = new HttpClient { BaseAddress = new(Setting("HELPDESK_URL")), Timeout = TimeSpan.FromSeconds(30) };
        desk.DefaultRequestHeaders.Authorization = new("Bearer", Setting("HELPDESK_KEY"));
        var ticket = JsonNode.Parse(await Console.In.ReadToEndAsync())!.AsObject();
        return await Post(desk, args[0], ticket);
    }

    private static async Task<int> Post(HttpClient desk, string reference, JsonObject ticket)
    {
        // Made once: the same key always comes with the same bytes.
        ticket["externalSource"] = "crm";
        ticket["externalRef"] = reference;
        var body = ticket.ToJsonString();
        for (var tried = 0; tried < Tries; tried++)
        {
            var (status, retryAfter, answer) = await Send(desk, reference, body);
            var kind = (string?)answer["type"];
            if (status == 201) return Done(answer["id"]);
            // Posted long ago: keys are kept for a day, references for ever.
            if (kind == "urn:helpdesk:external-ref-taken" && answer["ticketId"] is { } known) return Done(known);
            if (status != 0 && !Again.Contains(status) && kind != "urn:helpdesk:idempotency-running")
            {
                await Console.Error.WriteLineAsync($"Refused ({status}): {answer["detail"]} {answer["errors"]}");
                return 1;
            }

            await Console.Error.WriteLineAsync($"Not now ({status}): {answer["detail"]}");
            if (tried < Tries - 1) await Task.Delay(retryAfter ?? BackOff(tried), TimeProvider.System);
        }

        return 75;
    }

    /// <summary>One try. A status of 0 means that nobody knows whether it arrived.</summary>
    private static async Task<(int Status, TimeSpan? RetryAfter, JsonNode Answer)> Send(HttpClient desk, string reference, string body)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tickets")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { { "Idempotency-Key", $"crm-{reference}" } },
            };
            using var answer = await desk.SendAsync(request);
            return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta, await Read(answer.Content));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return (0, null, new JsonObject { ["detail"] = error.Message });
        }
    }

    /// <summary>A proxy's own page is no JSON.</summary>
    private static async Task<JsonNode> Read(HttpContent content)
    {
        var text = await content.ReadAsStringAsync();
        return content.Headers.ContentType is { MediaType: "application/json" or "application/problem+json" } ? JsonNode.Parse(text)! : new JsonObject { ["detail"] = text };
    }

    private static TimeSpan BackOff(int tried) => Random.Shared.NextDouble() * TimeSpan.FromSeconds(Math.Min(30, 0.5 * Math.Pow(2, tried)));

    private static int Done(JsonNode? number)
    {
        Console.WriteLine(number);
        return 0;
    }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
