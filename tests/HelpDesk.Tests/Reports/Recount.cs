using System.Text.Json.Nodes;
using HelpDesk.Reports;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Tests.Reports;

/// <summary>All figures once more, from the ledger's own rows and by other means than the roll-up's.</summary>
internal sealed class Recount(DateTimeZone zone)
{
    private readonly List<(Guid Id, string State, long? Used, long Target, Instant StartedAt, Instant? FulfilledAt, Instant? EndedAt, Dictionary<Grouping, string> Groups)> commitments = [];
    private readonly List<(Guid Commitment, string Outcome, Instant MadeAt, Instant? EndedAt, bool Told)> promises = [];

    public static async Task<Recount> Of(TestDatabase database, DateTimeZone zone)
    {
        var recount = new Recount(zone);
        await using var commitments = await database.DataSource.CreateCommand(
            """
            select c.id, c.state, c.used, c.term::text, c.started_at, c.fulfilled_at, c.ended_at, c.kind, t.queue, t.priority, t.channel, c.policy_id::text
            from commitments c join tickets t on t.id = c.ticket_id
            """).ExecuteReaderAsync();
        while (await commitments.ReadAsync())
        {
            recount.commitments.Add((
                commitments.GetGuid(0), commitments.GetString(1), commitments.IsDBNull(2) ? null : commitments.GetInt64(2), (long)JsonNode.Parse(commitments.GetString(3))!["target"]!,
                At(commitments, 4)!.Value, At(commitments, 5), At(commitments, 6), new()
                {
                    [Grouping.Kind] = commitments.GetString(7), [Grouping.Queue] = Text(commitments, 8), [Grouping.Priority] = commitments.GetString(9),
                    [Grouping.Channel] = commitments.GetString(10), [Grouping.Policy] = Text(commitments, 11),
                }));
        }

        await using var promises = await database.DataSource.CreateCommand(
            """
            select p.commitment_id, p.outcome, p.made_at, p.ended_at, f.delivery_id is not null and f.withdrawn_at is null
            from promises p left join follow_ups f on f.promise_id = p.id
            """).ExecuteReaderAsync();
        while (await promises.ReadAsync())
        {
            recount.promises.Add((promises.GetGuid(0), promises.GetString(1), At(promises, 2)!.Value, At(promises, 3), !promises.IsDBNull(4) && promises.GetBoolean(4)));
        }

        return recount;
    }

    private static Instant? At(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column).ToInstant();

    private static string Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    public IReadOnlyList<string> Names(Grouping by) => [.. commitments.Select(commitment => commitment.Groups[by]).Distinct()];

    /// <summary>As one line of text, to be compared with an answer's.</summary>
    public string Line(LocalDate from, LocalDate to, Grouping by, string? name)
    {
        bool On(Instant? at) => at is { } instant && instant.InZone(zone).Date is var day && day >= from && day < to;
        var of = commitments.Where(commitment => name is null || commitment.Groups[by] == name).ToList();
        var ids = of.Select(commitment => commitment.Id).ToHashSet();
        var those = promises.Where(promise => ids.Contains(promise.Commitment)).ToList();
        var ended = those.Where(promise => On(promise.EndedAt)).ToList();
        var broken = those.Where(promise => promise.Outcome == "broken").GroupBy(promise => promise.Commitment).Count(all => On(all.Min(promise => promise.EndedAt)));
        var over = of.Where(commitment => On(commitment.EndedAt)).ToList();
        long Count(string outcome) => ended.Count(promise => promise.Outcome == outcome);
        return string.Join(' ',
            those.Count(promise => On(promise.MadeAt)), Count("kept"), Count("renewed"), Count("broken"), ended.Count(promise => promise is { Outcome: "broken", Told: false }), Count("withdrawn"),
            over.Count(commitment => commitment.State == "kept"), broken, over.Count(commitment => commitment.State == "cancelled"),
            over.Count(commitment => commitment.FulfilledAt is not null && commitment.Used <= commitment.Target), over.Count(commitment => commitment.Used > commitment.Target),
            Times(over.Where(commitment => commitment.Groups[Grouping.Kind] is "first_response" or "next_response")),
            Times(over.Where(commitment => commitment.Groups[Grouping.Kind] == "resolution")));
    }

    private static string Times(IEnumerable<(Guid Id, string State, long? Used, long Target, Instant StartedAt, Instant? FulfilledAt, Instant? EndedAt, Dictionary<Grouping, string> Groups)> commitments)
    {
        var met = commitments.Where(commitment => commitment.FulfilledAt is not null).ToList();
        return $"{met.Count} {Percentiles([.. met.Select(commitment => commitment.Used!.Value / 1_000_000)])} {Percentiles([.. met.Select(commitment => (long)(commitment.FulfilledAt!.Value - commitment.StartedAt).TotalSeconds)])}";
    }

    private static string Percentiles(List<long> seconds)
    {
        seconds.Sort();
        return seconds.Count == 0 ? "none" : string.Join('/', new[] { 0.5m, 0.9m, 0.95m }.Select(share => Text(seconds[(int)Math.Ceiling(share * seconds.Count) - 1])));
    }

    private static string Text(long seconds) => IsoDuration.FromDuration(Duration.FromSeconds(seconds)).ToString();

    /// <summary>The same of an answer's figures.</summary>
    public static string Line(JsonNode figures)
    {
        var (promises, commitments) = (figures["promises"]!, figures["commitments"]!);
        return string.Join(' ',
            promises["made"], promises["kept"], promises["renewed"], promises["broken"], promises["silent"], promises["withdrawn"],
            commitments["kept"], commitments["broken"], commitments["cancelled"], commitments["targetMet"], commitments["targetMissed"], Times(figures["responseTimes"]!), Times(figures["resolutionTimes"]!));
    }

    private static string Times(JsonNode times) => $"{times["sample"]} {Percentiles(times["working"])} {Percentiles(times["elapsed"])}";

    private static string Percentiles(JsonNode? of) => of is null ? "none" : $"{of["p50"]}/{of["p90"]}/{of["p95"]}";
}
