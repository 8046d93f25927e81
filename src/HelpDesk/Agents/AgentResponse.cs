namespace HelpDesk.Agents;

/// <summary>An agent as it stands.</summary>
/// <param name="Id">Names the agent; also what a ticket's assignee may be.</param>
/// <param name="Name">As the desk and its customers call the agent.</param>
/// <param name="Email">Where the desk writes to the agent, in lower case.</param>
/// <param name="Role">What the agent is among agents.</param>
/// <param name="Queues">The names of the queues that the agent works in.</param>
/// <param name="RestrictedToQueues">True: sees and counts the tickets of these queues alone.</param>
/// <param name="Active">False: cannot be given tickets.</param>
/// <param name="Locale">The BCP 47 locale that the desk writes to the agent in; null: the desk's own.</param>
/// <param name="TimeZone">The agent's IANA time zone; null: the desk's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record AgentResponse(
    Guid Id,
    string Name,
    string Email,
    AgentRole Role,
    IReadOnlyList<string> Queues,
    bool RestrictedToQueues,
    bool Active,
    string? Locale,
    string? TimeZone,
    Instant CreatedAt,
    Instant UpdatedAt)
{
    internal static AgentResponse Of(Agent agent) => new(
        agent.Id, agent.Name, agent.Email, agent.Role, agent.Queues, agent.RestrictedToQueues, agent.Active, agent.Locale, agent.TimeZone,
        agent.CreatedAt, agent.UpdatedAt);
}
