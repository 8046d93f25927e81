using System.ComponentModel.DataAnnotations;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;

// ASP0029: the mark is still experimental. It stands only in merge patches, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Access;

/// <summary>The members of a key that can be changed.</summary>
/// <param name="Name">What the key is for. Example: "CRM integration".</param>
/// <param name="Scopes">What it may do: see the scopes at the top of this document. Example: ["tickets:read"].</param>
/// <param name="ExpiresAt">From then on, by the machine's clock, it is no longer good; null if never.</param>
/// <param name="Queues">The queues whose tickets alone it sees, counts and writes; null for all tickets. Not together with the scope admin.</param>
[PatchExample("""{ "name": "CRM integration, read only", "scopes": ["tickets:read"] }""")]
[ValidatableType]
public sealed record ApiKeyFields(
    [property: StringLength(200, MinimumLength = 1)] string Name,
    [property: MinLength(1)] IReadOnlyList<string> Scopes,
    Instant? ExpiresAt = null,
    [property: MinLength(1), MaxLength(100)] IReadOnlyList<string>? Queues = null)
{
    /// <param name="before">What the key was, if there was one: an instant that stays need not lie ahead.</param>
    internal void Check(Instant now, ApiKeyFields? before = null)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Name)) errors["name"] = ["must not be blank"];
        for (var index = 0; index < Scopes.Count; index++)
        {
            var scope = Scopes[index];
            if (!Access.Scopes.All.Contains(scope)) errors[$"scopes[{index}]"] = [$"there is no scope {scope}: use {string.Join(", ", Access.Scopes.All)}"];
        }
        if (ExpiresAt <= now && ExpiresAt != before?.ExpiresAt) errors["expiresAt"] = ["must lie ahead"];
        for (var index = 0; index < Queues?.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(Queues[index]) || Queues[index].Length > 200) errors[$"queues[{index}]"] = ["must be the name of a queue, 1 to 200 characters"];
        }
        if (Queues is not null && Scopes.Contains(Access.Scopes.Admin)) errors["queues"] = ["do not go together with the scope admin: who is held to queues cannot be the desk's admin"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }
}
