using System.Globalization;

namespace HelpDesk.PromisePages;

internal sealed class FinnishPromises : PromisePageWords
{
    private static readonly string[] Weekdays = ["Maanantai", "Tiistai", "Keskiviikko", "Torstai", "Perjantai", "Lauantai", "Sunnuntai"];

    public override string Title => "Mitä lupaamme";

    public override string Lead => "Kuinka pian kuulet meistä, milloin olemme paikalla ja kuinka hyvin pidämme sanamme.";

    public override string EmptyTitle => "Täällä ei ole vielä mitään";

    public override string EmptyText => "Emme ole vielä julkaisseet lupauksiamme. Voit silti kirjoittaa meille, ja vastaamme sinulle. Kun lupauksemme on julkaistu, ne löytyvät täältä.";

    public override string NowTitle => "Jos kirjoittaisit nyt";

    public override string HearBy => "kuulisit meistä viimeistään";

    public override string NowNote => "Tavanomaiselle pyynnölle. Kiireellisempää pyyntöä tai omaa sopimustasi voivat koskea muut ajat.";

    public override string NowNothing => "Pyynnöille, joista ei ole erikseen sovittu, emme lupaa aikaa.";

    public override string AnyOtherWay => "muulla tavalla";

    public override string Channel(string name) => name.ToUpperInvariant() switch
    {
        "EMAIL" or "MAIL" => "sähköpostilla",
        "PHONE" => "puhelimella",
        "WEB" => "verkossa",
        "CHAT" => "chatissa",
        "API" => "rajapinnan kautta",
        _ => name,
    };

    public override string TermsTitle => "Mihin voit luottaa";

    public override string ForAll => "Kaikille pyynnöille";

    public override string ForAllOthers => "Kaikille muille pyynnöille";

    public override string ByPriority => "Kiireellisyyden mukaan";

    public override string WorkingTime => "palveluaikana";

    public override string AroundTheClock => "vuorokauden ympäri";

    public override string HoursTitle => "Milloin olemme paikalla";

    public override string HoursFor(string policies) => $"Koskee: {policies}";

    public override string IsOpen => "Nyt avoinna";

    public override string IsAlwaysOpen => "Aina avoinna";

    public override string IsClosed => "Nyt suljettu";

    public override string ClosesAt(string? date, string time) => date is null ? $"tänään klo {time} asti" : $"sulkeutuu {date} klo {time}";

    public override string OpensAt(string? date, string time) => date is null ? $"Avaamme tänään klo {time}" : $"Avaamme {date} klo {time}";

    public override string Today => "Tänään";

    public override string Closed => "Suljettu";

    public override string AllDay => "Ympäri vuorokauden";

    public override string Holiday => "Pyhäpäivä";

    public override string OtherHours => "Poikkeava aukiolo";

    public override string AsARule(string hours, string zone) => $"Yleensä: {hours} ({zone}).";

    public override string Zone(string zone) => $"Kaikki ajat ovat aikavyöhykkeen {zone} mukaan.";

    public override string ChooseZone => "Valitse toinen aikavyöhyke";

    public override string ZoneLabel => "Aikavyöhyke";

    public override string UnknownZone => "Emme tunne tätä aikavyöhykettä. Valitse jokin luettelosta.";

    public override string Show => "Näytä";

    public override string YourZone => "Näytä omassa aikavyöhykkeessäsi ({0})";

    public override string RecordTitle => "Kuinka hyvin pidämme lupauksemme";

    public override string KeptOfAll(int days) => $"lupauksista pidetty viimeisten {days} päivän aikana";

    public override string TooFewOfAll => "Lupauksia on erääntynyt vielä liian vähän, jotta niistä voisi sanoa reilun luvun. Kun niitä on tarpeeksi, luku löytyy täältä.";

    protected override string Sample(string verdicts, string when) => $"{verdicts} arvioitua sitoumusta, {when}";

    public override string Percent(decimal percent) => $"{(percent == 100 ? "100" : percent.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ','))}\u00a0%";

    public override string Kept => "Pidetty";

    public override string Renewed => "Uusittu ajoissa";

    public override string Broken => "Rikottu";

    public override string TooFew => "Liian vähän näytettäväksi";

    public override string RecordNote(string zone) =>
        "Pidetty: hoidettu luvattuun aikaan mennessä. Uusittu ajoissa: kirjoitimme ennen luvattua aikaa ja annoimme uuden. Rikottu: luvattu aika meni ohi. "
        + $"Päivät, joina lupauksia on vähän, näytetään yhdessä, jottei kenenkään pyyntöä voi erottaa joukosta. Päivät ovat aikavyöhykkeen {zone} mukaan.";

    public override string StripLabel(int days) => $"Viimeisten {days} päivän lupaukset päivittäin: pidetyt, ajoissa uusitut ja rikotut. Samat luvut ovat alla taulukkona.";

    public override string AsATable => "Luvut taulukkona";

    public override string Days => "Päivät";

    public override string Range(string from, string to) => $"{from}–{to}";

    public override string Together(string range) => $"{range} yhteensä";

    public override string Counts(StripCounts counts) => $"{Number(counts.Kept)} pidetty, {Number(counts.Renewed)} uusittu ajoissa, {Number(counts.Broken)} rikottu";

    public override string More => "Kaikki mitä lupaamme";

    internal override string Weekday(IsoDayOfWeek day) => Weekdays[(int)day - 1];

    internal override string Date(LocalDate date) => $"{date.Day}.{date.Month}.";

    internal override string DateWithYear(LocalDate date) => $"{Date(date)}{date.Year}";

    internal override string Time(LocalTime time) => $"{time.Hour}.{time.Minute:D2}";

    internal override string Midnight => "24.00";

    internal override string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u00a0');
}
