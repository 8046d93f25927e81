using HelpDesk.Web;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>A desk that deploy/seed has filled.</summary>
internal sealed class SeededDesk(string url, NpgsqlDataSource database)
{
    private const string Path = "/v1/tickets";

    public string Url => url;

    public long Tickets { get; private set; }

    public static async Task<SeededDesk> At(string url, string connection)
    {
        var desk = new SeededDesk(url, NpgsqlDataSource.Create(connection));
        desk.Tickets = await desk.Ask<long>("select count(*) from tickets");
        return desk;
    }

    /// <summary>Common words, rare ones, several, filtered, in another order, with an exclusion.</summary>
    public static IReadOnlyList<(string Name, string Query)> Searches { get; } =
    [
        .. new[]
        {
            "q=invoice", "q=fatura", "q=lasku", "q=invoice+password", "q=plamarring", "q=R-4242", "q=%22order+invoice%22", "q=invoice+-password", "q=-invoice", "q=invoice+or+fatura",
            "q=invoice&queue=archive", "q=password&queue=support", "q=invoice&priority=urgent", "q=invoice&tag=tag-40", "q=invoice&assignee=agent-190", "q=invoice&status=open", "q=invoice&sort=-createdAt",
            "q=invoice&sort=createdAt", "q=invoice&sort=-updatedAt", "q=yesterday&sort=-createdAt", "q=invoice&queue=archive&sort=-createdAt", "q=invoice&state=overdue",
        }.Select(query => (query, $"{Path}?{query}")),
    ];

    /// <summary>Every sort, and every filter with a rare and a common value; the first page, and one after half of all tickets.</summary>
    public async Task<IReadOnlyList<(string Name, string Query)>> Lists()
    {
        var lists = new List<(string, string)>();
        var halfway = await Halfway("-createdAt", "created_at");
        foreach (var (sort, column) in new[] { ("-createdAt", "created_at"), ("createdAt", "created_at"), ("-updatedAt", "updated_at"), ("promisedAt", "next_promised_at") })
        {
            lists.Add(($"sort={sort}", $"{Path}?sort={sort}"));
            lists.Add(($"sort={sort}, deep", $"{Path}?sort={sort}&cursor={await Halfway(sort, column)}"));
        }

        foreach (var (filter, from) in new[]
        {
            ("status", "select status from tickets"), ("priority", "select priority from tickets"), ("channel", "select channel from tickets"), ("queue", "select queue from tickets"),
            ("category", "select category from tickets"), ("assignee", "select assignee from tickets"), ("requester", "select requester_id::text from tickets"),
            ("organisation", "select organisation_id::text from tickets"), ("tag", "select unnest(tags) from tickets"), ("externalSource", "select external_source from tickets"),
            ("customFields.floor", "select custom_fields ->> 'floor' from tickets"), ("customFields.site", "select custom_fields ->> 'site' from tickets"),
            ("customFields.onsite", "select custom_fields ->> 'onsite' from tickets"),
        })
        {
            var of = $"from ({from}) as given (value) where value is not null group by value order by count(*)";
            Add($"{filter}, rare", $"{filter}={await Ask<string>($"select value {of} limit 1")}");
            Add($"{filter}, common", $"{filter}={await Ask<string>($"select value {of} desc limit 1")}");
        }

        Add("requester by address", $"requester={Uri.EscapeDataString(await Ask<string>("select c.email from customers c join tickets t on t.requester_id = c.id group by 1 order by count(*) desc limit 1"))}");
        Add("externalRef", "externalRef=ref-7");
        Add("customFields.contract", "customFields.contract=C-77");
        foreach (var state in Words<HelpDesk.Deadlines.CommitmentState>.All) Add($"state={state}", $"state={state}");
        Add("status=new,open,on_hold", "status=new,open,on_hold");
        Add("tag=tag-0,tag-1,tag-2", "tag=tag-0,tag-1,tag-2");
        Add("createdFrom, half", $"createdFrom={await At("select percentile_disc(0.5) within group (order by created_at) from tickets")}");
        Add("createdTo, half", $"createdTo={await At("select percentile_disc(0.5) within group (order by created_at) from tickets")}");
        Add("promisedBefore, few", $"promisedBefore={await At("select percentile_disc(0.02) within group (order by next_promised_at) from tickets")}");
        Add("promisedBefore, half", $"promisedBefore={await At("select percentile_disc(0.5) within group (order by next_promised_at) from tickets")}");
        Add("promisedBefore, all", "promisedBefore=2100-01-01T00:00:00Z");
        return lists;

        void Add(string name, string filter)
        {
            lists.Add((name, $"{Path}?{filter}"));
            lists.Add(($"{name}, deep", $"{Path}?{filter}&cursor={halfway}"));
        }
    }

    private async Task<string> Halfway(string sort, string column)
    {
        await using var command = database.CreateCommand($"select {column}, id from tickets where {column} is not null order by {column}, id offset (select count({column}) / 2 from tickets) limit 1");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return Cursor.Write(new { At = row.GetDateTime(0).ToInstant(), Id = row.GetInt64(1) }, $"{Path}?{sort}");
    }

    private async Task<string> At(string sql) => (await Ask<DateTime>(sql)).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<T> Ask<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
