using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Tickets;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>The customers of some tickets: those the desk knows, held until it is done, and those who are made with their tickets.</summary>
internal sealed class ImportedRequesters
{
    private const string Select =
        $"""
        select a.email, {RequesterRow.Columns} from customer_addresses a join customers c on c.id = a.customer_id left join organisations o on o.id = c.organisation_id
        where a.email = any ($1) order by c.id
        """;

    private const string Domains = "select d.domain, o.id, o.tier from organisation_domains d join organisations o on o.id = d.organisation_id where d.domain = any ($1)";

    private string[] asked = [];
    private readonly Dictionary<string, Guid> addresses = [];
    private readonly Dictionary<Guid, Requester> before = [];
    private readonly Dictionary<Guid, Requester> after = [];
    private readonly Dictionary<string, JoinedOrganisation> organisations = [];

    public int New => after.Keys.Count(id => !before.ContainsKey(id));

    /// <summary>The addresses of those who are made.</summary>
    public IEnumerable<string> NewEmails => after.Values.Where(requester => !before.ContainsKey(requester.Id)).Select(requester => requester.Email).OfType<string>();

    /// <summary>The addresses that were looked for.</summary>
    public IReadOnlyList<string> Asked => asked;

    private IEnumerable<(Requester? Before, Requester After)> Changed =>
        after.Values.Select(requester => (before.GetValueOrDefault(requester.Id), requester)).Where(pair => pair.Item1 != pair.requester);

    /// <param name="isHeld">Until the caller's transaction ends.</param>
    public static async Task<ImportedRequesters> Read(NpgsqlConnection connection, IEnumerable<LineRead> lines, bool isHeld, CancellationToken cancel)
    {
        var emails = lines.Select(line => line.Ticket?.Requester.Email).OfType<string>().Distinct().ToArray();
        var requesters = new ImportedRequesters { asked = emails };
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new(isHeld ? $"{Select} for key share of c" : Select) { Parameters = { new() { Value = emails } } });
        batch.BatchCommands.Add(new(Domains) { Parameters = { new() { Value = emails.Select(CustomerRules.DomainOf).Distinct().ToArray() } } });
        await using var row = await batch.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var requester = RequesterRow.Read(row, 1);
            requesters.addresses[row.GetString(0)] = requester.Id;
            requesters.before[requester.Id] = requester;
        }

        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel)) requesters.organisations[row.GetString(0)] = new(row.GetGuid(1), row.Text(2));
        return requesters;
    }

    /// <summary>As they will be once others are written.</summary>
    public void Foresee(ImportedRequesters others)
    {
        foreach (var (email, id) in others.addresses.Where(pair => others.after.ContainsKey(pair.Value)))
        {
            addresses[email] = id;
            before[id] = others.after[id];
        }
    }

    /// <summary>As if the desk knew those who would have been made by now, were it no dry run: by their addresses alone.</summary>
    public void Suppose(IReadOnlySet<string> emails)
    {
        foreach (var email in asked.Where(email => emails.Contains(email) && !addresses.ContainsKey(email)))
        {
            var joins = organisations.GetValueOrDefault(CustomerRules.DomainOf(email));
            var id = addresses[email] = ImportSeen.Of(email);
            before[id] = new Requester(id, email, null, null, null, joins?.Tier, "email", null, null, false, false, joins?.Id);
        }
    }

    /// <summary>Whether others were made of what the desk knows.</summary>
    public bool AreWhatIsKnownOf(ImportedRequesters others) =>
        addresses.All(pair => others.addresses.TryGetValue(pair.Key, out var id) && id == pair.Value && others.before.GetValueOrDefault(id) == before[id])
        && others.asked.All(email => addresses.ContainsKey(email) == others.before.ContainsKey(others.addresses.GetValueOrDefault(email)))
        && organisations.Count == others.organisations.Count && organisations.All(pair => others.organisations.GetValueOrDefault(pair.Key) == pair.Value);

    /// <summary>What the desk knows of the customer stays; what it did not know is taken from the line.</summary>
    public Requester Of(RequesterDefinition given, Instant now)
    {
        if (given.Email is { } email && addresses.TryGetValue(email, out var id))
        {
            var known = after.GetValueOrDefault(id) ?? before[id];
            return known with { Name = known.Name ?? given.Name, Locale = known.Locale ?? given.Locale, TimeZone = known.TimeZone ?? given.TimeZone };
        }

        var joins = given.Email is null ? null : organisations.GetValueOrDefault(CustomerRules.DomainOf(given.Email));
        return new Requester(Ids.New(now), given.Email, given.Name, given.Locale, given.TimeZone, joins?.Tier, "email", null, null, false, false, joins?.Id);
    }

    /// <summary>Her ticket is good: she is there from now on.</summary>
    public void Keep(Requester requester)
    {
        if (requester.Email is { } email) addresses.TryAdd(email, requester.Id);
        after[requester.Id] = requester;
    }

    public void Append(NpgsqlBatch batch, Instant now)
    {
        var made = Changed.Where(pair => pair.Before is null).Select(pair => pair.After).OrderBy(requester => requester.Email, StringComparer.Ordinal).ToList();
        var completed = Changed.Where(pair => pair.Before is not null).Select(pair => pair.After).ToList();
        Append(
            batch, made, now,
            """
            insert into customers (id, row_version, email, name, locale, time_zone, preferred_channel, opt_out, organisation_id, created_at, updated_at)
            select id, 1, email, name, locale, time_zone, 'email', false, organisation_id, $7, $7 from unnest($1, $2, $3, $4, $5, $6) as n (id, email, name, locale, time_zone, organisation_id)
            """);
        Append(
            batch, [.. made.Where(requester => requester.Email is not null)], null,
            "insert into customer_addresses (email, customer_id, position) select email, id, 0 from unnest($1, $2, $3, $4, $5, $6) as n (id, email, name, locale, time_zone, organisation_id)");
        Append(
            batch, completed, now,
            """
            update customers c set name = coalesce(c.name, n.name), locale = coalesce(c.locale, n.locale), time_zone = coalesce(c.time_zone, n.time_zone), row_version = c.row_version + 1,
                updated_at = $7
            from unnest($1, $2, $3, $4, $5, $6) as n (id, email, name, locale, time_zone, organisation_id) where c.id = n.id
            """);
    }

    private static void Append(NpgsqlBatch batch, List<Requester> requesters, Instant? now, string sql)
    {
        if (requesters.Count == 0) return;
        var command = new NpgsqlBatchCommand(sql);
        new Columns<Requester>(command.Parameters, requesters)
            .Uuid(requester => requester.Id)
            .Text(requester => requester.Email)
            .Text(requester => requester.Name)
            .Text(requester => requester.Locale)
            .Text(requester => requester.TimeZone)
            .Uuid(requester => requester.OrganisationId);
        if (now is { } at) new Values(command.Parameters).Instant(at);
        batch.BatchCommands.Add(command);
    }

    public IEnumerable<NewEvent> Events(string actor, string? requestId, Instant now) => Changed.Select(pair =>
        new NewEvent(pair.Before is null ? "customer.created" : "customer.updated", now, actor, requestId, TicketEvents.Customer(pair.Before, pair.After)));
}
