using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;

// ASP0029: the mark is still experimental. It stands only in merge patches, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Webhooks;

/// <summary>Where events are posted to, and which.</summary>
/// <param name="Url">An https address; plain http where the desk's operator allows it. Addresses that lead to private networks are refused, here or at the connection. Example: "https://example.com/hooks/desk".</param>
/// <param name="Types">Only events of these types, or of these groups of types: those of the feed. Left out: all. Example: ["promise.*","ticket.created"].</param>
/// <param name="Queues">Only events of tickets that lie in these queues when the event is taken up. Left out: all events, those that concern no ticket among them. Example: ["billing"].</param>
/// <param name="Description">What it is for. Example: "Our warehouse".</param>
/// <param name="Paused">While true nothing is sent and nothing is lost: once false again, all goes out in its order. Default false.</param>
[ValidatableType]
[Example("""{ "url": "https://example.com/hooks/desk", "types": ["promise.*", "ticket.created"], "queues": ["billing"], "description": "Our warehouse" }""")]
[PatchExample("""{ "paused": true }""")]
public sealed record WebhookDefinition(
    [property: Required, StringLength(2000, MinimumLength = 1)] string Url,
    [property: MaxLength(200)] IReadOnlyList<string>? Types = null,
    [property: MaxLength(200)] IReadOnlyList<string>? Queues = null,
    [property: StringLength(2000, MinimumLength = 1)] string? Description = null,
    bool Paused = false);

/// <summary>Where events are posted to, and which.</summary>
/// <param name="Id">Names it in its address.</param>
/// <param name="Url">Where to.</param>
/// <param name="Types">The types and groups that are sent; null for all.</param>
/// <param name="Queues">The queues whose tickets' events are sent; null for all events.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Paused">Whether nothing is sent for now.</param>
/// <param name="PausedWhy">asked (by whoever paused it), gone (the receiver answered 410) or failing (every attempt failed for too long); null while it is not paused.</param>
/// <param name="PausedAt">Since when; null while it is not paused.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record WebhookResponse(
    Guid Id, string Url, IReadOnlyList<string>? Types, IReadOnlyList<string>? Queues, string? Description, bool Paused, PauseReason? PausedWhy, Instant? PausedAt,
    Instant CreatedAt, Instant UpdatedAt)
{
    internal static WebhookResponse Of(Webhook webhook) => new(
        webhook.Id, webhook.Url, webhook.Definition.Types, webhook.Definition.Queues, webhook.Description, webhook.PausedAt is not null, webhook.PausedWhy, webhook.PausedAt,
        webhook.CreatedAt, webhook.UpdatedAt);
}
