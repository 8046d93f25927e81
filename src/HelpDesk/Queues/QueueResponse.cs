namespace HelpDesk.Queues;

/// <summary>A queue as it stands.</summary>
/// <param name="Id">Names the queue.</param>
/// <param name="Name">The word that tickets, agents, policies and advisories use.</param>
/// <param name="Description">For people.</param>
/// <param name="LeadIds">The agents who lead it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record QueueResponse(Guid Id, string Name, string? Description, IReadOnlyList<Guid> LeadIds, Instant CreatedAt, Instant UpdatedAt)
{
    internal static QueueResponse Of(Queue queue) => new(queue.Id, queue.Name, queue.Description, queue.LeadIds, queue.CreatedAt, queue.UpdatedAt);
}
