using HelpDesk.Deadlines;

namespace HelpDesk.TicketPages;

internal sealed class FinnishPage : TicketPageWords
{
    public override string Number(long number) => $"Pyyntö nro {number}";

    public override string Continues(long number) => $"Jatkoa pyynnöllesi nro {number}";

    public override (string Label, string Text) Status(TicketStatus status) => status switch
    {
        TicketStatus.New => ("Vastaanotettu", "Pyyntösi on meillä, mutta siihen ei ole vielä vastattu."),
        TicketStatus.Open => ("Käsittelyssä", "Hoidamme asiaasi."),
        TicketStatus.WaitingOnCustomer => ("Odottaa sinua", "Tarvitsemme sinulta vielä jotain, ennen kuin voimme jatkaa. Voit vastata alla."),
        TicketStatus.OnHold => ("Odottaa", "Odotamme jotakuta muuta, ennen kuin voimme jatkaa."),
        TicketStatus.Resolved => ("Ratkaistu", "Asia on nähdäksemme hoidettu. Jos ei ole, kerro siitä alla."),
        _ => ("Suljettu", "Pyyntö on suljettu."),
    };

    public override string Why => "Miksi";

    public override string Zone(string zone) => $"Kaikki ajat ovat aikavyöhykkeellä {zone}.";

    public override string PromisesTitle => "Mitä lupaamme sinulle";

    public override string NoPromises => "Meillä ei ole sinulle juuri nyt avoimia lupauksia.";

    public override string By => "viimeistään";

    public override string Overdue => "Lupasimme tämän, mutta lupaus on yhä täyttämättä. Se on edelleen voimassa.";

    public override string PromisedAnew => "Myöhästyimme aiemmasta ajasta; tämä aika on uusi.";

    public override string PausedForReader => "Määräaikaa ei juuri nyt ole: odotamme sinua. Jäljellä oleva aika jatkuu, kun olet vastannut.";

    public override string PausedForOthers => "Määräaikaa ei juuri nyt ole: odotamme jotakuta muuta. Kuulet meistä, kun pääsemme jatkamaan.";

    public override string NoNewDate => "Uutta aikaa ei vielä ole.";

    public override string SorryTitle => "Olemme pahoillamme";

    public override string Sorry(string what, string date) => $"{what}: lupasimme viimeistään {date}, emmekä pitäneet lupaustamme.";

    public override string SorryReason => "Syy";

    public override string Remedy => "Hyvityksenä";

    public override string HistoryTitle => "Kaikki lupauksemme tähän asti";

    public override (string What, string By, string Told, string Outcome) HistoryHeads => ("Mitä", "Luvattu viimeistään", "Kerrottu", "Miten päättyi");

    public override string Outcome(PromiseOutcome outcome) => outcome switch
    {
        PromiseOutcome.Kept => "Pidetty",
        PromiseOutcome.Renewed => "Uusittu ajoissa: kirjoitimme sinulle ennen määräaikaa",
        PromiseOutcome.Broken => "Rikottu: määräaika meni ohi",
        PromiseOutcome.Withdrawn => "Peruttu",
        _ => "Voimassa",
    };

    public override string Withdrawn(Withdrawal why) => why switch
    {
        Withdrawal.Paused => "Peruttu: jouduimme odottamaan",
        Withdrawal.Ended => "Peruttu: ei enää tarpeen",
        _ => "Peruttu: tilalle tuli toinen aika",
    };

    public override string ConversationTitle => "Keskustelu";

    public override string NoMessages => "Mitään ei ole vielä kirjoitettu.";

    public override string Earlier => "Aiempia viestejä ei näytetä tässä.";

    public override string Reader => "Sinä";

    public override string Automatic => "automaattinen";

    public override string Files => "Tiedostot";

    public override string FormTitle => "Kirjoita meille";

    public override string Message => "Viestisi";

    public override string AddFiles => "Lisää tiedostoja";

    public override string FilesHint(int most, string size) => $"Enintään {most} tiedostoa, kukin enintään {size}.";

    public override string? FormHint(TicketStatus status, bool isReopened) => status switch
    {
        TicketStatus.Resolved when isReopened => "Viestisi avaa tämän pyynnön uudelleen.",
        TicketStatus.Resolved or TicketStatus.Closed => "Viestistäsi tulee uusi pyyntö, joka liitetään tähän.",
        _ => null,
    };

    public override string Send => "Lähetä";

    public override string WasSent => "Kiitos, viestisi on tullut perille.";

    public override string Fault(FormFault fault) => fault switch
    {
        FormFault.NoWords => "Kirjoita jotain, ennen kuin lähetät.",
        FormFault.TooManyWords => "Viesti on pidempi kuin voimme ottaa kerralla vastaan: käytä alle 20 000 merkkiä.",
        FormFault.TooFast => "Nyt tuli viestejä vähän liian nopeasti. Odota minuutti ja lähetä uudelleen.",
        FormFault.FileTooLarge => "Yksi tiedostoista on liian suuri. Valitse tiedostot uudelleen ilman sitä.",
        FormFault.FileType => "Yksi tiedostoista on tyyppiä, jota emme ota vastaan. Valitse tiedostot uudelleen ilman sitä.",
        FormFault.TooManyFiles => "Tiedostoja on liikaa. Valitse niitä vähemmän.",
        _ => "Sivu oli auki liian kauan. Lähetä viestisi vielä kerran.",
    };

    public override string CountedTitle => "Miten laskemme ajan";

    public override string CountedText => "Lupauksen aika lasketaan tunteina, joina olemme töissä, ellemme toisin sano. Öitä, viikonloppuja, pyhäpäiviä ja aikaa, jolloin joudumme odottamaan, ei lasketa.";

    public override string Counted(string what, string since, string counted, bool aroundTheClock, string? closed, string? holiday, string? paused)
    {
        string[] left = [.. new[] { (closed, "työajan ulkopuolella"), (holiday, "pyhäpäiviä"), (paused, "odotusta") }.Where(each => each.Item1 is not null).Select(each => $"{each.Item1} {each.Item2}")];
        var rest = left.Length == 0 ? "" : $" Laskematta jäi: {string.Join(", ", left)}.";
        return $"{what}: laskenta alkoi {since}, ja {(aroundTheClock ? "aikaa" : "työaikaa")} on laskettu {counted}.{rest}";
    }

    public override Distance Ahead { get; } = new("{0} kuluttua", new("päivän", "päivän"), new("tunnin", "tunnin"), new("minuutin", "minuutin"), "alle minuutin");

    public override Distance Behind { get; } = new("{0} sitten", new("päivä", "päivää"), new("tunti", "tuntia"), new("minuutti", "minuuttia"), "alle minuutti");
}
