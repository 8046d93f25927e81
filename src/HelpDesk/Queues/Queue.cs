using HelpDesk.Time;

namespace HelpDesk.Queues;

/// <summary>Where tickets wait. A ticket's <c>queue</c> is the queue's name.</summary>
internal sealed class Queue
{
    private Queue()
    {
    }

    /// <param name="definition">As <see cref="QueueRules.Read"/> gives it.</param>
    public Queue(QueueDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        CreatedAt = UpdatedAt = now;
        Take(definition);
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string Name { get; private set; } = "";

    public string? Description { get; private set; }

    public List<Guid> LeadIds { get; private set; } = [];

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public QueueDefinition Definition => new(Name, Description, LeadIds);

    public void Change(QueueDefinition to, Instant now)
    {
        Take(to);
        UpdatedAt = now;
        RowVersion++;
    }

    private void Take(QueueDefinition definition) => (Name, Description, LeadIds) = (definition.Name, definition.Description, [.. definition.LeadIds ?? []]);
}
