using System.Net.Http.Headers;
using Npgsql;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>What integrations do, over HTTP to a desk that runs its jobs: bring tickets in, read the feed, have events posted.</summary>
internal static class IntegrationFigures
{
    private const int Tickets = 20_000;

    public static async Task Print(string key, string url, string connection)
    {
        using var http = new HttpClient { BaseAddress = new(url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        await using var database = NpgsqlDataSource.Create(connection);
        await ImportFigures.Print(http, Tickets);
        await FeedFigures.Print(http);
        await WebhookFigures.Print(http, database, Tickets);
    }
}
