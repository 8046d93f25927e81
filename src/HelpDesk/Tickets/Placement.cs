using HelpDesk.Queues;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>Where a ticket is put and who is given it, as far as that must be there: a queue, if it has to be registered, and an agent, if named by id.</summary>
internal sealed class Placement(string? queue, string? assignee)
{
    private readonly Guid? agentId = AgentId(assignee);

    /// <summary>Any text names an assignee; an id is written in one way.</summary>
    public static string? AssigneeOf(string? given) => AgentId(given)?.ToString() ?? given;

    private static Guid? AgentId(string? assignee) => Guid.TryParseExact(assignee, "D", out var id) ? id : null;

    /// <summary>Appends what <see cref="Read"/> reads; nothing where nothing has to be there.</summary>
    public void Ask(NpgsqlBatch batch)
    {
        if (queue is not null) batch.BatchCommands.Add(new("select exists (select from queues where name = $1)") { Parameters = { new() { Value = queue } } });
        if (agentId is { } id) batch.BatchCommands.Add(new("select exists (select from agents where id = $1 and active)") { Parameters = { new() { Value = id } } });
    }

    /// <summary>Refuses what is not there. The reader stands on the result before those that were asked for.</summary>
    public async Task Read(NpgsqlDataReader reader, CancellationToken cancel)
    {
        if (queue is not null && !await IsThere(reader, cancel)) throw KnownQueues.Missing("queue", queue);
        if (agentId is not null && !await IsThere(reader, cancel))
        {
            throw new Refusal(
                StatusCodes.Status422UnprocessableEntity, "no-such-agent", "Well-formed, but impossible", $"There is no active agent {agentId}.",
                new Dictionary<string, string[]> { ["assignee"] = ["must be the id of an active agent, or a name of your own that is no id"] });
        }
    }

    private static async Task<bool> IsThere(NpgsqlDataReader reader, CancellationToken cancel) =>
        await reader.NextResultAsync(cancel) && await reader.ReadAsync(cancel) && reader.GetBoolean(0);

    /// <summary>By itself, on the caller's connection.</summary>
    public async Task Check(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (queue is null && agentId is null) return;
        await using var batch = connection.CreateBatch();
        // Read looks at results from the second on.
        batch.BatchCommands.Add(new("select 1"));
        Ask(batch);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await Read(reader, cancel);
    }
}
