using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Catalogue.Words;

/// <summary>
/// Lengths are in the genitive before "sisällä" and "välein". Weekdays that come again and again end in -sin, stretches go from the elative to the illative.
/// </summary>
internal sealed class FinnishCatalogue : CatalogueWords
{
    private static readonly string[] On = ["maanantaisin", "tiistaisin", "keskiviikkoisin", "torstaisin", "perjantaisin", "lauantaisin", "sunnuntaisin"];

    private static readonly string[] From = ["maanantaista", "tiistaista", "keskiviikosta", "torstaista", "perjantaista", "lauantaista", "sunnuntaista"];

    private static readonly string[] To = ["maanantaihin", "tiistaihin", "keskiviikkoon", "torstaihin", "perjantaihin", "lauantaihin", "sunnuntaihin"];

    public override Language Language { get; } = new Finnish();

    protected override string AlwaysOpen => "Aina avoinna";

    protected override string AllDay => "ympäri vuorokauden";

    protected override string And => "ja";

    protected override string ClosedOn => "suljettu";

    protected override string ClosedForHoliday => "suljettu (pyhäpäivä)";

    public override string Promise(CommitmentKind kind, Duration within, TermHours hours) => kind switch
    {
        CommitmentKind.FirstResponse => $"Saat ensimmäisen vastauksemme {Of(within, hours)} sisällä {Counted(hours)}.",
        CommitmentKind.NextResponse => $"Vastaamme jokaiseen uuteen viestiisi {Of(within, hours)} sisällä {Counted(hours)}.",
        CommitmentKind.Update => $"Kun pyyntösi on avoinna, kuulet meistä vähintään {Of(within, hours)} välein {Counted(hours)}.",
        CommitmentKind.Resolution => $"Saat ratkaisun {Of(within, hours)} sisällä {Counted(hours)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No policy promises this."),
    };

    private string Of(Duration length, TermHours hours) => Genitive(hours == TermHours.AroundTheClock ? Amount.OfElapsed(length) : Amount.Of(length));

    private string Genitive(Amount amount) => Language.Say(
        amount, (unit, _) => unit switch { TimeUnit.Day => "päivän", TimeUnit.Hour => "tunnin", TimeUnit.Minute => "minuutin", _ => "sekunnin" });

    private static string Counted(TermHours hours) => hours == TermHours.AroundTheClock ? "vuorokauden ympäri" : "palveluaikana";

    public override string Name(Priority priority) => priority switch { Priority.Low => "Matala", Priority.Normal => "Normaali", Priority.High => "Korkea", _ => "Kiireellinen" };

    public override string Condition(string member) => member switch
    {
        "priority" => "Kiireellisyys",
        "queue" => "Jono",
        "channel" => "Kanava",
        "category" => "Luokka",
        "tag" => "Tunniste",
        "tier" => "Asiakastaso",
        _ => "Kieli",
    };

    protected override string Pauses(IReadOnlyList<string> whiles) => $"Aika ei kulu, kun {Listed(whiles, "tai")}.";

    protected override string While(TicketStatus status) => status switch
    {
        TicketStatus.New => "pyyntö on uusi",
        TicketStatus.Open => "pyyntö on avoinna",
        TicketStatus.WaitingOnCustomer => "odotamme vastaustasi",
        _ => "pyynnön käsittely odottaa",
    };

    public override string FollowUp(bool hasNewDate) => hasNewDate
        ? "Jos asia kestää pidempään, kirjoitamme sinulle ennen luvattua aikaa ja annamme uuden ajan."
        : "Jos asia kestää pidempään, kirjoitamme sinulle ennen luvattua aikaa.";

    public override string Reopening(Duration window) => $"Jos kirjoitat meille uudelleen {Genitive(Amount.OfElapsed(window))} sisällä ratkaisusta, otamme asian taas käsittelyyn.";

    protected override string Day(IsoDayOfWeek day) => On[(int)day - 1];

    protected override string Days(DayRun run) => $"{From[(int)run.From - 1]} {To[(int)run.To - 1]}";

    protected override string Open(string days, string hours) => $"{days} {hours}";

    protected override string Closed(string days, bool isStretch) => $"suljettu {days}";

    protected override string OpenOn(string hours) => $"avoinna {hours}";

    protected override string Clock(string hours) => $"klo {hours}";

    /// <summary>9.00 and not 09:00.</summary>
    protected override string Time(string time) => (time[0] == '0' ? time[1..] : time).Replace(':', '.');
}
