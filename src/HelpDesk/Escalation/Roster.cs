using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Npgsql;

namespace HelpDesk.Escalation;

/// <summary>Somebody who can be told: an agent, or whoever reads an address.</summary>
/// <param name="Key">An agent's id, an e-mail address in lower case, or the address of a webhook.</param>
/// <param name="Name">Of agents.</param>
internal sealed record Person(string Key, Guid? AgentId = null, string? Name = null);

/// <summary>The active agents and the leads of queues, as they are when somebody is called in.</summary>
internal sealed class Roster(IReadOnlyList<Roster.Agent> agents, IReadOnlyDictionary<string, Guid[]> leads)
{
    public sealed record Agent(Guid Id, string Name, string Email, string Role, string[] Queues)
    {
        public Person Person => new(Id.ToString(), Id, Name);
    }

    public static async Task<Roster> Read(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new("select id, name, email, role, queues from agents where active order by name, id"));
        batch.BatchCommands.Add(new("select name, lead_ids from queues"));
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var agents = new List<Agent>();
        while (await row.ReadAsync(cancel)) agents.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4)));
        await row.NextResultAsync(cancel);
        var leads = new Dictionary<string, Guid[]>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancel)) leads[row.GetString(0)] = row.GetFieldValue<Guid[]>(1);
        return new(agents, leads);
    }

    /// <summary>
    /// Whom a step's <c>to</c> means for a ticket; where that is nobody the assignee, then the leads, then the desk's administrators. Empty: there is nobody
    /// at all.
    /// </summary>
    public IReadOnlyList<Person> For(string? to, string? queue, string? assignee) => to switch
    {
        "lead" => First(Leads(queue), Admins),
        "queue" => First(In(queue), Leads(queue), Admins),
        "assignee" or null => First(Named(assignee), Leads(queue), Admins),
        _ => First(Named(to), Named(assignee), Leads(queue), Admins),
    };

    /// <summary>The assignee and the leads: those who are called in where no new date is promised.</summary>
    public IReadOnlyList<Person> CalledIn(string? queue, string? assignee) => First([.. Named(assignee).Union(Leads(queue))], Admins);

    /// <summary>
    /// What the customer is told of those who were called in: the assignee's name, who may be nobody's agent, else the leads'. Null where there are none: an
    /// address is not told.
    /// </summary>
    public string? NamesOf(string? queue, string? assignee) =>
        Named(assignee) is [{ Name: { } name }] ? name
        : assignee is not null && !Guid.TryParse(assignee, out _) && !assignee.Contains('@', StringComparison.Ordinal) ? assignee
        : Leads(queue) is { Count: > 0 } leading ? string.Join(", ", leading.Select(lead => lead.Name))
        : null;

    /// <summary>The agent to be given a ticket: the one named, else the first of the queue's leads; null for none.</summary>
    public Person? Assignable(string? to, string? queue) => First(to == "lead" ? [] : Named(to), Leads(queue)).FirstOrDefault(person => person.AgentId is not null);

    /// <summary>The queue's own leads; where it has none, agents who lead in it, or in all queues.</summary>
    private IReadOnlyList<Person> Leads(string? queue)
    {
        var own = queue is not null && leads.TryGetValue(queue, out var ids) ? ids : [];
        return First(
            [.. own.Select(id => agents.FirstOrDefault(agent => agent.Id == id)).OfType<Agent>().Select(agent => agent.Person)],
            [.. agents.Where(agent => agent.Role == "lead" && queue is not null && agent.Queues.Contains(queue)).Select(agent => agent.Person)],
            [.. agents.Where(agent => agent.Role == "lead" && agent.Queues.Length == 0).Select(agent => agent.Person)]);
    }

    private IReadOnlyList<Person> In(string? queue) =>
        queue is null ? [] : [.. agents.Where(agent => agent.Queues.Contains(queue)).Select(agent => agent.Person)];

    private IReadOnlyList<Person> Admins => [.. agents.Where(agent => agent.Role == "admin").Select(agent => agent.Person)];

    /// <summary>By id, by e-mail address, or by the address of a webhook. Any other name is one that the desk cannot write to.</summary>
    private IReadOnlyList<Person> Named(string? name)
    {
        if (name is null) return [];
        if (Guid.TryParse(name, out var id)) return [.. agents.Where(agent => agent.Id == id).Select(agent => agent.Person)];
        if (HttpAddress.IsOne(name)) return [new(name)];
        var address = name.Trim().ToLowerInvariant();
        if (!EmailAddress.IsOne(address)) return [];
        return [agents.FirstOrDefault(agent => agent.Email == address)?.Person ?? new(address)];
    }

    private static IReadOnlyList<Person> First(params ReadOnlySpan<IReadOnlyList<Person>> alternatives)
    {
        foreach (var people in alternatives)
        {
            if (people.Count > 0) return people;
        }

        return [];
    }
}
