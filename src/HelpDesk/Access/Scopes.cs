namespace HelpDesk.Access;

/// <summary>What a key may do. <see cref="Admin"/> may do everything.</summary>
internal static class Scopes
{
    public const string TicketsRead = "tickets:read";
    public const string TicketsWrite = "tickets:write";
    public const string CustomersRead = "customers:read";
    public const string CustomersWrite = "customers:write";
    public const string PoliciesRead = "policies:read";
    public const string PoliciesWrite = "policies:write";
    public const string MessagesRead = "messages:read";
    public const string MessagesWrite = "messages:write";
    public const string Webhooks = "webhooks";
    public const string EventsRead = "events:read";
    public const string ReportsRead = "reports:read";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } =
    [
        TicketsRead, TicketsWrite, CustomersRead, CustomersWrite, PoliciesRead, PoliciesWrite, MessagesRead, MessagesWrite, Webhooks, EventsRead, ReportsRead, Admin,
    ];
}
