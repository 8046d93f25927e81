using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Queues;

/// <summary>Where tickets wait for the agents who work on them.</summary>
/// <param name="Name">The word that tickets, agents, policies and advisories use; no two queues share one, in whatever case. Example: "billing".</param>
/// <param name="Description">For people. Example: "Invoices and payments".</param>
/// <param name="LeadIds">The agents who lead it, at most 20. Example: ["0195564e-1200-7a01-8f00-0a1b2c3d4e5f"].</param>
[Example("""{ "name": "billing", "description": "Invoices and payments" }""")]
[PatchExample("""{ "description": "Invoices and payments" }""")]
public sealed record QueueDefinition(
    [property: Required, StringLength(200, MinimumLength = 1)] string Name,
    [property: StringLength(2000, MinimumLength = 1)] string? Description = null,
    [property: MaxLength(20)] IReadOnlyList<Guid>? LeadIds = null);
