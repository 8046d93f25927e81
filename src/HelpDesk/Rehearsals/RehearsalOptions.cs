using HelpDesk.Web.Settings;

namespace HelpDesk.Rehearsals;

/// <param name="MostTickets">How many real tickets one rehearsal plays at most.</param>
internal sealed record RehearsalOptions(int MostTickets)
{
    private static readonly Whole Most = new("Rehearsals:MostTickets", 1, 1_000_000, 10_000, "how many real tickets one rehearsal plays at most, the newest first");

    public static RehearsalOptions Read(IConfiguration configuration) => new(Most.Int(configuration));
}
