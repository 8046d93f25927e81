using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Rehearsals;

/// <summary><c>Rehearsals:MostTickets</c>.</summary>
/// <param name="MostTickets">How many real tickets one rehearsal plays at most.</param>
internal sealed record RehearsalOptions(int MostTickets)
{
    private const int Default = 10_000;
    private const int Most = 1_000_000;

    public static RehearsalOptions Read(IConfiguration configuration) =>
        configuration["Rehearsals:MostTickets"] is not { Length: > 0 } text ? new(Default)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most ? new(number)
        : throw new WrongConfiguration($"Rehearsals:MostTickets must be a whole number from 1 to {Most}, but is '{text}'.");
}
