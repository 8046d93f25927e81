namespace HelpDesk.Faults;

/// <summary>What is there before the first ticket: a calendar, a policy whose promises come up within seconds, and the customers.</summary>
internal static class Stage
{
    public const int Customers = 40;

    /// <summary>Where a webhook's receiver has gone for good.</summary>
    public const string GoneHook = "/customers/gone";

    private const int Refused = 2;
    private const int OptedOut = 1;
    private const int Inbox = 3;
    private const int FirstHook = Refused + OptedOut + Inbox;
    private const int Hooks = 8;

    private static readonly string[][] Day = [["00:00", "24:00"]];
    private static readonly string[] Locales = ["en", "tr", "fi"];

    /// <summary>Recipients that the mail sink never takes: what is for them ends dead.</summary>
    public static IReadOnlySet<string> NobodyThere { get; } = Enumerable.Range(0, Refused).Select(Address).ToHashSet();

    public static string Address(int customer) => $"customer{customer}@drill.example";

    /// <summary>What is for these ends dead.</summary>
    public static bool IsNobody(string recipient) => NobodyThere.Contains(recipient) || recipient.EndsWith(GoneHook, StringComparison.Ordinal);

    public static async Task Set(DeskCalls desk, string hooks, CancellationToken cancel)
    {
        var calendar = await Make(desk, "/v1/calendars", new { name = "Always", timeZone = "Europe/Helsinki", week = new { mon = Day } }, cancel);
        await Make(desk, "/v1/policies", new
        {
            name = "Everyone",
            calendarId = calendar,
            remedy = "We take 10 % off this month's bill.",
            terms = new { first_response = Term(6, 3, 6), next_response = Term(7, 3, 7), update = Term(9, 4, 8), resolution = Term(20, 6, 12) },
        }, cancel);
        for (var customer = 0; customer < Customers; customer++)
        {
            var webhookUrl = IsHooked(customer) ? hooks + (customer == FirstHook ? GoneHook : $"/customers/{customer}") : null;
            await Make(desk, "/v1/customers", new
            {
                email = Address(customer),
                name = $"Customer {customer}",
                locale = Locales[customer % Locales.Length],
                preferredChannel = webhookUrl is not null ? "webhook" : IsInbox(customer) ? "inbox" : "email",
                optOut = customer is >= Refused and < Refused + OptedOut,
                webhookUrl,
            }, cancel);
        }
    }

    private static bool IsInbox(int customer) => customer is >= Refused + OptedOut and < FirstHook;

    private static bool IsHooked(int customer) => customer is >= FirstHook and < FirstHook + Hooks;

    /// <summary>
    /// Seconds for the impatient; for others long enough that a message outlives the lease of a desk that was killed with it; for the last, hours: what is
    /// promised to them is still open when the drill ends.
    /// </summary>
    private static object Term(int target, int lead, int renewBy) => new
    {
        target = $"PT{target}S",
        hours = "around_the_clock",
        lead = $"PT{lead}S",
        renewBy = $"PT{renewBy}S",
        byPriority = new
        {
            high = new { target = $"PT{target * 2}S", lead = $"PT{lead * 2}S", renewBy = $"PT{renewBy * 2}S" },
            normal = new { target = $"PT{target * 7}S", lead = $"PT{lead * 7}S", renewBy = $"PT{renewBy * 7}S" },
            low = new { target = "PT10H", lead = "PT1H", renewBy = "PT10H" },
        },
    };

    private static async Task<string> Make(DeskCalls desk, string path, object body, CancellationToken cancel)
    {
        var made = await desk.Post("stage", path, 0, null, body, cancel);
        return made.Succeeded ? (string)made.Answer!["id"]! : throw new DrillFailed($"POST {path} was answered with {made.Status}: {made.Answer}");
    }
}
