using System.Collections.Concurrent;

namespace HelpDesk.Replay;

/// <summary>
/// Plays the scripts of all incidents, instant by instant: the clock is moved to it, whereby all that falls due on the way is played, then each incident
/// takes its steps in order. Incidents of one instant go side by side.
/// </summary>
internal sealed class Player(Desk desk, Action<Instant, int, int> progress)
{
    public const string Opening = "The log keeps no words: this is the call that opened the incident.";

    private const int SideBySide = 8;

    /// <summary>An incident's ticket; it has more than one where a message came after the reopening window and so opened another.</summary>
    private readonly ConcurrentDictionary<string, List<long>> tickets = [];

    public async Task<IReadOnlyDictionary<string, List<long>>> Play(IReadOnlyList<Incident> incidents, Instant start, CancellationToken cancel)
    {
        var instants = incidents
            .SelectMany(incident => Script.Of(incident).Select(step => (incident.Number, Step: step)))
            .GroupBy(pair => pair.Step.At)
            .OrderBy(group => group.Key)
            .Select(group => (At: group.Key, Turns: group.GroupBy(pair => pair.Number, pair => pair.Step).ToList()))
            .ToList();
        var now = start;
        for (var i = 0; i < instants.Count; i++)
        {
            await Advance(instants[i].At - now, cancel);
            now = instants[i].At;
            await Parallel.ForEachAsync(
                instants[i].Turns, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancel },
                async (turn, stop) =>
                {
                    foreach (var step in turn) await Take(turn.Key, step, stop);
                });
            progress(now, i + 1, instants.Count);
        }

        // What the last steps queued.
        await Advance(Duration.Zero, cancel);
        return tickets;
    }

    private async Task Advance(Duration by, CancellationToken cancel) =>
        await desk.Post("/v1/sandbox/clock/advance", new { by = $"PT{(long)by.TotalSeconds}S" }, cancel);

    private async Task Take(string incident, Step step, CancellationToken cancel)
    {
        switch (step)
        {
            case Open open:
                tickets[incident] = [await Create(open, cancel)];
                break;
            case Patch patch:
                await desk.Patch($"/v1/tickets/{tickets[incident][^1]}", patch.Members, cancel);
                break;
            case Say say:
                await Post(tickets[incident], say, cancel);
                break;
        }
    }

    private async Task<long> Create(Open open, CancellationToken cancel)
    {
        var ticket = await desk.Post(
            "/v1/tickets",
            new
            {
                subject = open.Incident.Subject,
                body = Opening,
                requester = RequesterOf(open.Incident.Caller),
                channel = open.Incident.Channel,
                queue = open.Fields.Queue,
                priority = open.Fields.Priority ?? "normal",
                category = open.Fields.Category,
                externalRef = open.Incident.Number,
            },
            cancel);
        return (long)ticket["id"]!;
    }

    /// <summary>"Caller 2403" is caller-2403@example.org, an address that reaches nobody. A caller whom the log does not know has none.</summary>
    public static object RequesterOf(string? caller) => caller is null
        ? new { name = "Unknown caller" }
        : new { email = $"{string.Join('-', caller.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))}@example.org", name = caller, timeZone = "America/Sao_Paulo" };

    private async Task Post(List<long> ids, Say say, CancellationToken cancel)
    {
        var message = await desk.Post(
            $"/v1/tickets/{ids[^1]}/messages", new { author = say.Author, authorId = say.By, visibility = say.Visibility, body = say.Body, status = say.Status }, cancel);
        var id = (long)message["ticketId"]!;
        if (id != ids[^1]) ids.Add(id);
    }
}
