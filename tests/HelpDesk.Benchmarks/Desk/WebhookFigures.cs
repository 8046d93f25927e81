using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>Events of as many tickets, written at once: how many a second arrive at a receiver that answers at once, alone and beside one that never answers.</summary>
internal static class WebhookFigures
{
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task Print(HttpClient http, NpgsqlDataSource database, int events)
    {
        await using var receiver = await Receiver.Start();
        await Create(http, $"{receiver.Url}/fast");
        // The first round compiles.
        for (var round = 0; round < Rounds; round++) await Run($"webhooks, round {round + 1}");
        await Create(http, $"{receiver.Url}/hanging");
        await Run("webhooks, beside a receiver that hangs");

        async Task Run(string name)
        {
            receiver.Expect(events);
            var start = Stopwatch.GetTimestamp();
            await Happen(database, events);
            await receiver.All.WaitAsync(Patience);
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {events} events taken {took:0.0} s after the first was written: {events / took:0}/s; while most came {receiver.Best:0}/s"));
        }
    }

    private static async Task Create(HttpClient http, string url)
    {
        using var answer = await http.PostAsJsonAsync("/v1/webhooks", new { url });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static async Task Happen(NpgsqlDataSource database, int events)
    {
        await using var command = database.CreateCommand("insert into events (at, type, ticket_id, actor, data) select now(), 'ticket.updated', id, 'bench', '{\"priority\":\"high\"}' from tickets order by id limit $1");
        command.Parameters.AddWithValue(events);
        var written = await command.ExecuteNonQueryAsync();
        if (written != events) throw new InvalidOperationException($"There are {written} tickets, fewer than {events}.");
    }

    /// <summary>Answers 200 to what comes at /fast, and nothing to what comes at /hanging.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly Lock gate = new();
        private readonly HashSet<string> seen = [];
        private readonly List<long> perSecond = [];
        private TaskCompletionSource all = new();
        private int expected;
        private long began;

        private Receiver(WebApplication app) => this.app = app;

        public string Url => app.Urls.First();

        public Task All => all.Task;

        /// <summary>The most within one second.</summary>
        public long Best => perSecond.Max();

        public static async Task<Receiver> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var receiver = new Receiver(app);
            app.MapPost("/fast", receiver.Take);
            app.MapPost("/hanging", (HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
            await app.StartAsync();
            return receiver;
        }

        public void Expect(int events)
        {
            lock (gate)
            {
                (expected, all, began) = (events, new(TaskCreationOptions.RunContinuationsAsynchronously), Stopwatch.GetTimestamp());
                seen.Clear();
                perSecond.Clear();
            }
        }

        private async Task Take(HttpContext http)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            lock (gate)
            {
                if (!seen.Add(http.Request.Headers["webhook-id"].ToString())) return;
                var second = (int)Stopwatch.GetElapsedTime(began).TotalSeconds;
                while (perSecond.Count <= second) perSecond.Add(0);
                perSecond[second]++;
                if (seen.Count == expected) all.SetResult();
            }
        }

        public async ValueTask DisposeAsync() => await app.StopAsync(new CancellationToken(true));
    }
}
