using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Webhooks;

/// <summary>Somewhere that events are posted to.</summary>
internal sealed class Webhook
{
    private Webhook()
    {
    }

    /// <param name="definition">As <see cref="WebhookRules.Read"/> gives it.</param>
    public Webhook(WebhookDefinition definition, Instant now)
    {
        Id = Ids.New(now);
        CreatedAt = UpdatedAt = now;
        Take(definition, now);
    }

    public Guid Id { get; private set; }

    public long RowVersion { get; private set; } = 1;

    public string Url { get; private set; } = "";

    public string? Description { get; private set; }

    /// <summary>As they were given; none: all.</summary>
    public List<string> Types { get; private set; } = [];

    /// <summary>None: all.</summary>
    public List<string> Queues { get; private set; } = [];

    public Instant? PausedAt { get; private set; }

    public PauseReason? PausedWhy { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public WebhookDefinition Definition => new(Url, Types.Count == 0 ? null : Types, Queues.Count == 0 ? null : Queues, Description, PausedAt is not null);

    public void Change(WebhookDefinition to, Instant now)
    {
        Take(to, now);
        UpdatedAt = now;
        RowVersion++;
    }

    /// <summary>By the desk itself.</summary>
    public void Pause(PauseReason why, Instant now)
    {
        (PausedAt, PausedWhy, UpdatedAt) = (now, why, now);
        RowVersion++;
    }

    private void Take(WebhookDefinition definition, Instant now)
    {
        (Url, Description) = (definition.Url, definition.Description);
        (Types, Queues) = ([.. definition.Types ?? []], [.. definition.Queues ?? []]);
        if (definition.Paused == PausedAt is not null) return;
        (PausedAt, PausedWhy) = definition.Paused ? (now, PauseReason.Asked) : ((Instant?)null, (PauseReason?)null);
    }

    public static Task<Webhook?> Find(HelpDeskDb db, Guid id, CancellationToken cancel) => db.Set<Webhook>().FirstOrDefaultAsync(row => row.Id == id, cancel);

    /// <summary>404 where it is not there. Not tracked.</summary>
    public static async Task<Webhook> Read(HelpDeskDb db, Guid id, CancellationToken cancel) =>
        await db.Set<Webhook>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("webhook");

    /// <summary>Held until the transaction ends.</summary>
    public static async Task<Webhook> Hold(HelpDeskDb db, Guid id, CancellationToken cancel)
    {
        await db.Hold("webhooks", id, cancel);
        return await Find(db, id, cancel) ?? throw Refusal.NotFound("webhook");
    }
}

/// <summary>Why nothing is sent.</summary>
public enum PauseReason
{
    /// <summary>Somebody wanted it so.</summary>
    Asked,

    /// <summary>The receiver answered 410 Gone.</summary>
    Gone,

    /// <summary>Every attempt had failed for <c>Webhooks:PauseAfter</c>.</summary>
    Failing,
}

internal sealed class WebhookTable : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.Property(row => row.Id).ValueGeneratedNever();
        webhook.Property(row => row.RowVersion).IsConcurrencyToken();
        webhook.Property(row => row.PausedWhy).HasConversion<Conventions.EnumConverter<PauseReason>>();
        webhook.Ignore(row => row.Definition);
    }
}
