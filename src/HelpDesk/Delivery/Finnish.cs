using System.Globalization;

namespace HelpDesk.Delivery;

/// <summary>
/// Weekdays are in the essive ("maanantaina"), months in the partitive ("maaliskuuta"): the form a date takes in a sentence and after
/// "viimeistään".
/// </summary>
internal sealed class Finnish : Language
{
    private static readonly string[] Days = ["maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"];

    private static readonly string[] Months =
    [
        "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
        "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta",
    ];

    public override string Code => "fi";

    public override string By => "viimeistään";

    public override string SampleSubject => "Tulostin on tulessa";

    public override string SampleReason => "Odotamme varaosaa.";

    public override string SampleBody => "Olemme tilanneet osan, ja seuraava tukitunti on maksuton.";

    public override string DateAndTime(LocalDateTime at) => string.Create(
        CultureInfo.InvariantCulture, $"{Date(at.Date)} klo {at.Hour}.{at.Minute:D2}");

    public override string Date(LocalDate date) => string.Create(
        CultureInfo.InvariantCulture, $"{Days[(int)date.DayOfWeek - 1]} {date.Day}. {Months[date.Month - 1]} {date.Year}");

    /// <summary>After any number but one the partitive stands.</summary>
    protected override string Unit(TimeUnit unit, decimal count) => (unit, count == 1) switch
    {
        (TimeUnit.Day, true) => "päivä",
        (TimeUnit.Day, _) => "päivää",
        (TimeUnit.Hour, true) => "tunti",
        (TimeUnit.Hour, _) => "tuntia",
        (TimeUnit.Minute, true) => "minuutti",
        (TimeUnit.Minute, _) => "minuuttia",
        (_, true) => "sekunti",
        _ => "sekuntia",
    };

    protected override string Short(TimeUnit unit) => unit switch { TimeUnit.Hour => "h", TimeUnit.Minute => "min", _ => "s" };

    public override (string Why, string How) OptOut => ("Saat tämän viestin meille tekemäsi pyynnön vuoksi.", "En halua enää sähköpostia pyynnöistäni");

    public override string What(string kind) => kind switch
    {
        "first_response" => "Ensimmäinen vastaus",
        "next_response" => "Vastaus viestiisi",
        "update" => "Tilannetieto",
        "resolution" => "Ratkaisu",
        "callback" => "Yhteydenottomme",
        _ => throw Unknown(kind),
    };

    public override string Promise(string kind, string date) => kind switch
    {
        "first_response" => $"Vastaamme sinulle viimeistään {date}.",
        "next_response" => $"Vastaamme viestiisi viimeistään {date}.",
        "update" => $"Kerromme sinulle tilanteen viimeistään {date}.",
        "resolution" => $"Saat meiltä ratkaisun viimeistään {date}.",
        "callback" => $"Otamme sinuun yhteyttä viimeistään {date}.",
        _ => throw Unknown(kind),
    };

    public override string Owed(string kind) => kind switch
    {
        "first_response" => "Ensimmäinen vastaus",
        "next_response" => "Vastaus",
        "update" => "Tilannetieto",
        "resolution" => "Ratkaisu",
        "callback" => "Yhteydenotto",
        _ => throw Unknown(kind),
    };

    public override string Asked(string why) => why switch
    {
        "coming_up" => "Lupaus on vielä täyttämättä: hoida asia ajoissa.",
        "lapsed" => "Määräaika on umpeutunut ja lupaus on yhä täyttämättä: hoida tämä ensimmäisenä.",
        "put_off" => "Aikaa on siirretty niin monta kertaa kuin käytäntö sallii. Asiakkaalle on kerrottu, että aika ei ehkä pidä ja että asiaan on pyydetty apua: ota asia hoitaaksesi.",
        "given_up" => "Määräaika on umpeutunut, ja asiakas on saanut anteeksipyynnön ilman uutta aikaa: kirjoita asiakkaalle.",
        "unreachable" => "Asiakkaan pitäisi saada tietää, että asia kestää pidempään, mutta häntä ei tavoiteta: etsi toinen keino.",
        "not_told" => "Määräaika on umpeutunut, eikä siitä ole voitu kertoa asiakkaalle: etsi toinen keino tavoittaa hänet.",
        "callback" => "Asiakaspalvelija on luvannut tämän itse. Asiakkaalle kerrotaan pian, että asia kestää pidempään: hoida se nyt tai merkitse se tehdyksi.",
        "assigned" => "Pyyntö on siirretty sinulle: ota se hoitaaksesi.",
        _ => throw NotAsked(why),
    };
}
