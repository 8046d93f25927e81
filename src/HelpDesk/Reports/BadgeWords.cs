using System.Globalization;
using HelpDesk.Deadlines;

namespace HelpDesk.Reports;

/// <summary>What the badge says in one language.</summary>
/// <param name="Label">Of all promises.</param>
/// <param name="TooFew">Too few to say anything of.</param>
/// <param name="Percent">With {0}.</param>
/// <param name="Comma">What stands before tenths.</param>
/// <param name="Day">One day.</param>
/// <param name="Days">With {0}.</param>
/// <param name="Kinds">Kinds of commitments.</param>
internal sealed record BadgeWords(string Language, string Label, string TooFew, string Percent, string Comma, string Day, string Days, IReadOnlyDictionary<CommitmentKind, string> Kinds)
{
    public static IReadOnlyDictionary<string, BadgeWords> All { get; } = new Dictionary<string, BadgeWords>(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new("en", "promises kept", "too few to tell", "{0} %", ".", "1 day", "{0} days", Of("first answer", "further answers", "updates", "resolution", "callbacks")),
        ["tr"] = new("tr", "tutulan sözler", "değerlendirme için henüz az", "%{0}", ",", "1 gün", "{0} gün", Of("ilk yanıt", "sonraki yanıtlar", "bilgilendirmeler", "çözüm", "geri aramalar")),
        ["fi"] = new("fi", "pidetyt lupaukset", "liian vähän arvioitavaksi", "{0} %", ",", "1 pv", "{0} pv", Of("ensivastaus", "jatkovastaukset", "tilannetiedot", "ratkaisu", "takaisinsoitot")),
    };

    private static Dictionary<CommitmentKind, string> Of(string first, string next, string update, string resolution, string callback) => new()
    {
        [CommitmentKind.FirstResponse] = first, [CommitmentKind.NextResponse] = next, [CommitmentKind.Update] = update, [CommitmentKind.Resolution] = resolution,
        [CommitmentKind.Callback] = callback,
    };

    public string LabelOf(CommitmentKind? kind) => kind is { } one ? $"{Label}: {Kinds[one]}" : Label;

    /// <param name="percent">Null: too few.</param>
    public string Value(decimal? percent, int days)
    {
        var share = percent is not { } known ? TooFew : string.Format(CultureInfo.InvariantCulture, Percent, Number(known));
        return $"{share} ({(days == 1 ? Day : string.Format(CultureInfo.InvariantCulture, Days, days))})";
    }

    private string Number(decimal percent) => (percent == 100 ? "100" : percent.ToString("0.0", CultureInfo.InvariantCulture)).Replace(".", Comma, StringComparison.Ordinal);
}
