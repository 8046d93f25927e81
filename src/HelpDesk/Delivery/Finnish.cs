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
        CultureInfo.InvariantCulture, $"{Days[(int)at.DayOfWeek - 1]} {at.Day}. {Months[at.Month - 1]} {at.Year} klo {at.Hour}.{at.Minute:D2}");

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
}
