using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>
/// How long GET /v1/tickets takes on a small and on a large desk, and the search on the large one. Requests to both take turns, so that a machine whose speed
/// drifts slows both alike; the figures are medians of rounds.
/// </summary>
internal static class ListFigures
{
    private const int AtOnce = 100;
    private const int Rounds = 3;

    public static async Task Print(string key, SeededDesk small, SeededDesk large)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        var ratios = new List<double>();
        Console.WriteLine($"GET /v1/tickets, 50 of {small.Tickets:N0} and of {large.Tickets:N0} tickets, ms (p50, p99; medians of {Rounds} rounds of {AtOnce} requests each)");
        foreach (var (name, ofSmall, ofLarge) in (await small.Lists()).Join(await large.Lists(), list => list.Name, list => list.Name, (one, other) => (one.Name, one.Query, other.Query)))
        {
            var (few, many) = (await Warm(http, small.Url + ofSmall), await Warm(http, large.Url + ofLarge));
            var rounds = new List<(double[] Small, double[] Large)>();
            for (var round = 0; round < Rounds; round++) rounds.Add(await AskInTurns(http, small.Url + ofSmall, large.Url + ofLarge));
            var (little, much) = (Percentile(rounds.Select(each => Percentile(each.Small, 0.99)), 0.5), Percentile(rounds.Select(each => Percentile(each.Large, 0.99)), 0.5));
            var (median, medianMuch) = (Percentile(rounds.SelectMany(each => each.Small), 0.5), Percentile(rounds.SelectMany(each => each.Large), 0.5));
            // A page of fewer tickets is another page.
            if (few == many) ratios.Add(much / little);
            Console.WriteLine($"  {name,-44} {median,7:F1} {little,7:F1}   {medianMuch,7:F1} {much,7:F1}   ratio of p50 {medianMuch / median:F2}, of p99 {much / little:F2}{(few == many ? "" : $" (pages of {few} and {many} tickets)")}");
        }

        Console.WriteLine($"  ratio of p99 over the {ratios.Count} lists whose pages are of one length: median {Percentile(ratios, 0.5):F2}, 90 of 100 below {Percentile(ratios, 0.9):F2}, worst {ratios.Max():F2}");
        await PrintSearches(http, large);
    }

    private static async Task PrintSearches(HttpClient http, SeededDesk desk)
    {
        Console.WriteLine($"GET /v1/tickets?q=, {desk.Tickets:N0} tickets, ms");
        foreach (var (name, query) in SeededDesk.Searches)
        {
            await Ask(http, desk.Url, query, 5);
            var times = await Ask(http, desk.Url, query, 100);
            Console.WriteLine($"  {name,-44} p50 {Percentile(times, 0.5),7:F1}   p99 {Percentile(times, 0.99),7:F1}");
        }
    }

    /// <summary>Answers how many tickets the page has.</summary>
    private static async Task<int> Warm(HttpClient http, string address)
    {
        for (var count = 0; count < 30; count++) await Time(http, address);
        using var page = JsonDocument.Parse(await http.GetStringAsync(address));
        return page.RootElement.GetProperty("items").GetArrayLength();
    }

    private static async Task<(double[] Small, double[] Large)> AskInTurns(HttpClient http, string small, string large)
    {
        var times = (Small: new double[AtOnce], Large: new double[AtOnce]);
        for (var count = 0; count < AtOnce; count++)
        {
            times.Small[count] = await Time(http, small);
            times.Large[count] = await Time(http, large);
        }

        return times;
    }

    private static async Task<double[]> Ask(HttpClient http, string url, string query, int requests)
    {
        var times = new double[requests];
        for (var count = 0; count < requests; count++) times[count] = await Time(http, url + query);
        return times;
    }

    private static async Task<double> Time(HttpClient http, string address)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(address);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {body}");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
    }
}
