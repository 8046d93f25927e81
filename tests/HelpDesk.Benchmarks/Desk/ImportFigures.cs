using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>Tickets with a history of nine entries each, as a desk of some years would hand them over: how many come in a second, from the job's begin to its end.</summary>
internal static class ImportFigures
{
    private const int Rounds = 3;
    private static readonly string[] Words = "invoice password printer order delivery refund account address contract update error screen network slow login mail price delay return warranty".Split(' ');

    public static async Task Print(HttpClient http, int tickets)
    {
        // The first round compiles.
        for (var round = 0; round < Rounds; round++)
        {
            using var file = Lines(round, tickets);
            var megabytes = file.Length / 1e6;
            using var content = new StreamContent(file) { Headers = { ContentType = new("application/x-ndjson") } };
            using var accepted = await http.PostAsync("/v1/imports", content);
            var job = await End(http, (await Json(accepted)).GetProperty("id").GetString()!);
            var counts = job.GetProperty("counts");
            if (counts.GetProperty("imported").GetInt32() != tickets) throw new InvalidOperationException($"Not every ticket came in: {job}");
            var took = job.GetProperty("endedAt").GetDateTimeOffset() - job.GetProperty("startedAt").GetDateTimeOffset();
            Say($"import, round {round + 1}: {tickets} tickets with {counts.GetProperty("messages")} messages, {counts.GetProperty("commitments")} commitments ({megabytes:0} MB) in {took.TotalSeconds:0.0} s: {tickets / took.TotalSeconds:0} tickets/s");
        }
    }

    private static async Task<JsonElement> End(HttpClient http, string id)
    {
        while (true)
        {
            var job = await Json(await http.GetAsync($"/v1/jobs/{id}"));
            if (job.GetProperty("state").GetString() is "done") return job;
            if (job.GetProperty("state").GetString() is "failed") throw new InvalidOperationException($"The import failed: {job}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var said = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(said).RootElement : throw new InvalidOperationException($"{(int)answer.StatusCode}: {said}");
    }

    private static MemoryStream Lines(int round, int tickets)
    {
        var random = new Random(round);
        var file = new MemoryStream();
        using var text = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true);
        var first = Instant.FromUtc(2023, 1, 2, 8, 0);
        for (var ticket = 0; ticket < tickets; ticket++) text.WriteLine(Line(random, $"{round}-{ticket}", first + Duration.FromMinutes(400_000L * ticket / tickets)));
        text.Flush();
        file.Position = 0;
        return file;
    }

    private static string Line(Random random, string reference, Instant made)
    {
        var customer = random.Next(2_000);
        return $$$"""
            {"externalSource":"bench","externalRef":"{{{reference}}}","subject":"{{{Text(random, 5)}}}","requester":{"email":"customer{{{customer}}}@example.org","name":"Customer {{{customer}}}","timeZone":"Europe/Helsinki"},"createdAt":"{{{made}}}","channel":"email","priority":"normal","queue":"queue {{{random.Next(12)}}}","category":"category {{{random.Next(30)}}}","tags":["tag-{{{random.Next(40)}}}"],"history":[{"at":"{{{made}}}","type":"message","author":"customer","body":"{{{Text(random, 40)}}}"},{"at":"{{{After(6)}}}","type":"change","changes":{"priority":"high","assignee":"agent-{{{random.Next(60)}}}"}},{"at":"{{{After(25)}}}","type":"message","author":"agent","authorId":"agent-1","body":"{{{Text(random, 30)}}}"},{"at":"{{{After(90)}}}","type":"message","author":"customer","body":"{{{Text(random, 20)}}}"},{"at":"{{{After(95)}}}","type":"message","author":"agent","authorId":"agent-2","visibility":"internal","body":"{{{Text(random, 15)}}}"},{"at":"{{{After(200)}}}","type":"message","author":"agent","authorId":"agent-2","body":"{{{Text(random, 30)}}}"},{"at":"{{{After(200)}}}","type":"status","to":"resolved"},{"at":"{{{After(20_360)}}}","type":"status","to":"closed"}]}
            """;

        Instant After(int minutes) => made + Duration.FromMinutes(minutes);
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
