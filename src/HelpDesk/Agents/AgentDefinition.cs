using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Agents;

/// <summary>A person who answers customers.</summary>
/// <param name="Name">As the desk and its customers call the agent. Example: "Veli Mäkinen".</param>
/// <param name="Email">Where the desk writes to the agent, kept in lower case; no two agents share one. Example: "veli@example.com".</param>
/// <param name="Role">agent (the default), lead or admin.</param>
/// <param name="Queues">The names of the queues that the agent works in, at most 100. Example: ["billing"].</param>
/// <param name="RestrictedToQueues">True: sees and counts the tickets of these queues alone.</param>
/// <param name="Active">False: cannot be given tickets. Tickets that the agent has stay as they are.</param>
/// <param name="Locale">The BCP 47 locale that the desk writes to the agent in; the desk's own, if left out. Example: "fi-FI".</param>
/// <param name="TimeZone">The agent's IANA time zone; the desk's own, if left out. Example: "Europe/Helsinki".</param>
[Example("""{ "name": "Veli Mäkinen", "email": "veli@example.com", "role": "lead", "queues": ["billing"], "restrictedToQueues": true, "locale": "fi-FI", "timeZone": "Europe/Helsinki" }""")]
public sealed record AgentDefinition(
    [property: Required, StringLength(200, MinimumLength = 1)] string Name,
    [property: Required, StringLength(320, MinimumLength = 1)] string Email,
    AgentRole Role = AgentRole.Agent,
    [property: MaxLength(100)] IReadOnlyList<string>? Queues = null,
    bool RestrictedToQueues = false,
    bool Active = true,
    string? Locale = null,
    string? TimeZone = null);
