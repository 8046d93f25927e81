using HelpDesk.Deadlines;

namespace HelpDesk.Commitments.Explaining;

/// <summary>Dates are in the essive, as in <see cref="Delivery.Finnish"/>: they stand after "viimeistään". Amounts are subjects and objects of sentences in which the partitive is right.</summary>
internal sealed class FinnishSteps : StepProse
{
    protected override string Code => "fi";

    protected override string OtherTerms => "pyyntöösi sovelletaan nyt muita määräaikoja";

    public override string Counted(string amount, bool aroundTheClock) => aroundTheClock ? $"{amount} vuorokauden ympäri" : $"{amount} palveluaikaa";

    protected override string Joined(string clause) => $", koska {clause}";

    protected override string Stretch(SegmentKind kind) => kind switch
    {
        SegmentKind.Working => "palveluaika",
        SegmentKind.Closed => "suljettu",
        SegmentKind.Holiday => "pyhäpäivä",
        _ => "aika pysähdyksissä",
    };

    protected override string? Clause(string reason, bool forCustomer) => reason switch
    {
        "new" => "pyyntö on uusi",
        "open" => "pyyntö on avoinna",
        "waiting_on_customer" => forCustomer ? "odotamme vastaustasi" : "odotamme asiakkaan vastausta",
        "on_hold" => "pyynnön käsittely odottaa",
        "resolved" => "pyyntö ratkaistiin",
        "closed" => "pyyntö suljettiin",
        "priority" => "kiireellisyys muuttui",
        "queue" => "jono vaihtui",
        "category" => "luokka vaihtui",
        "tags" => "tunnisteet muuttuivat",
        "policy" => "nyt sovelletaan toista käytäntöä",
        "calendar" => "palveluajat muuttuivat",
        "ladder" => "kiireellisyyttä nostettiin",
        "merged" => "pyyntö yhdistettiin toiseen",
        "resumed" => "aika alkoi taas kulua",
        "not_sent" => "uudesta ajasta kertova viesti ei ollut vielä lähtenyt",
        "cap" => "aikaa on siirretty niin monta kertaa kuin käytäntö sallii",
        "unreachable" => "ketään ei tavoitettu",
        "nobody" => "ketään ei ollut kutsuttavaksi",
        _ => null,
    };

    protected override string Text(StepFacts step) => (step.Change.What, step.ForCustomer) switch
    {
        (ChangeKind.CommitmentStarted, _) => Started(step),
        (ChangeKind.CommitmentPaused, _) => $"Aika pysähtyi{step.Why}. Siihen mennessä sitä oli kulunut {step.Used}. Mitään ei luvata, ennen kuin aika taas kuluu.",
        (ChangeKind.CommitmentResumed, true) => $"Aika alkoi taas kulua{step.Why}.",
        (ChangeKind.CommitmentResumed, _) => $"Aika alkoi taas kulua{step.Why}. Siihen mennessä sitä oli kulunut {step.Used}. Loput lasketaan tästä: viimeistään {step.Due}{Promised(step)}.",
        (ChangeKind.CommitmentRetargeted, _) => step.HasDue
            ? $"Aika laskettiin uudelleen samasta alusta{step.Why}. Nyt: {step.Target}, viimeistään {step.Due}{Promised(step)}."
            : $"Aika laskettiin uudelleen samasta alusta{step.Why}. Nyt: {step.Target}. Aika on pysähdyksissä.",
        (ChangeKind.CommitmentKept, _) => $"Hoidettu. Aikaa kului {step.Used}: lupaus pidettiin.",
        (ChangeKind.CommitmentBroken, _) => $"Päättyi{step.Why}. Aikaa kului {step.Used}, ja luvattu aika oli mennyt: lupausta ei pidetty.",
        (ChangeKind.CommitmentCancelled, _) => $"Päättyi{step.Why}. Aikaa kului {step.Used}; lupausta ei lasketa pidetyksi eikä rikotuksi.",
        (ChangeKind.CommitmentReopened, _) => "Pyyntö avattiin uudelleen. Tämä tulos pysyy ennallaan.",
        (ChangeKind.PromiseMade, _) => step.Renews
            ? $"Lupasimme uuden ajan{step.Why}: viimeistään {step.Promised}. Aiempi lupaus: viimeistään {step.Before}."
            : $"Lupasimme tämän{step.Why} viimeistään {step.Promised}.",
        (ChangeKind.PromiseRenewed, _) => $"Lupaus uusittiin, ennen kuin se umpeutui: viimeistään {step.Promised}.",
        (ChangeKind.PromiseKept, _) => $"Lupaus pidettiin: viimeistään {step.Promised}.",
        (ChangeKind.PromiseBroken, _) => $"Luvattu aika meni, eikä lupausta pidetty: viimeistään {step.Promised}.",
        (ChangeKind.PromiseWithdrawn, _) => $"Lupaus peruttiin{step.Why}: viimeistään {step.Promised}.",
        (ChangeKind.PromiseRestored, _) => $"Lupaus on taas voimassa: viimeistään {step.Promised}.",
        (ChangeKind.FollowUpSent, _) => FollowedUp(step),
        (ChangeKind.FollowUpUnreachable, _) => $"Asiakkaalle piti kirjoittaa ennen luvattua aikaa, mutta häntä ei tavoitettu. Asiakaspalvelijalle kerrottiin. Lupaus: viimeistään {step.Promised}.",
        (ChangeKind.FollowUpWithdrawn, _) => "Viesti, jonka piti lähteä ennen luvattua aikaa, ei ollut vielä lähtenyt, ja se peruttiin.",
        (ChangeKind.RecoveryStarted, _) => Recovered(step),
        (ChangeKind.LadderClimbed, _) => $"{Climbed(step.Change)}{step.Why}. Lupaus: viimeistään {step.Promised}.",
        var (what, _) => throw new ArgumentOutOfRangeException(nameof(step), what, "A change without words."),
    };

    private static string Started(StepFacts step) => (step.HasDue, step.ForCustomer) switch
    {
        (true, true) => "Aika alkoi kulua.",
        (true, false) => $"Aika alkoi kulua: {step.Target}, viimeistään {step.Due}{Promised(step)}.",
        (false, true) => "Aika ei vielä kulu.",
        _ => $"Aika ei vielä kulu; jäljellä on {step.Target}.",
    };

    private static string Promised(StepFacts step) => step.PromisesOther ? $"; luvattu viimeistään {step.Promised}" : "";

    private static string FollowedUp(StepFacts step) => (step.Renews, step.ForCustomer) switch
    {
        (true, true) => $"Kirjoitimme sinulle, ennen kuin luvattu aika meni. Aiempi lupaus: viimeistään {step.Before}; uusi: viimeistään {step.Promised}.",
        (true, false) => $"Asiakkaalle kirjoitettiin, ennen kuin luvattu aika meni. Aiempi lupaus: viimeistään {step.Before}; uusi: viimeistään {step.Promised}.",
        (false, true) => $"Kirjoitimme sinulle, että aika ei ehkä pidä ja että olemme pyytäneet apua. Lupaus: viimeistään {step.Promised}.",
        _ => $"Asiakkaalle kerrottiin, että aika ei ehkä pidä ja keneltä on pyydetty apua. Lupaus: viimeistään {step.Promised}. Uutta aikaa ei luvattu{step.Why}.",
    };

    private static string Recovered(StepFacts step) => (step.Renews, step.ForCustomer) switch
    {
        (true, true) => $"Pyysimme sinulta anteeksi viivästystä. Umpeutunut määräaika: {step.Before}; uusi: viimeistään {step.Promised}.",
        (true, false) => $"Asiakkaalta pyydettiin anteeksi viivästystä. Umpeutunut määräaika: {step.Before}; uusi: viimeistään {step.Promised}.",
        (false, true) => $"Pyysimme sinulta anteeksi viivästystä. Umpeutunut määräaika: {step.Promised}. Uutta aikaa ei vielä ole.",
        _ => $"Asiakkaalta on pyydettävä anteeksi viivästystä. Umpeutunut määräaika: {step.Promised}. Uutta aikaa ei luvattu{step.Why}.",
    };

    private static string Climbed(ClockChange change) => (change.Kind, change.Do) switch
    {
        (CommitmentKind.Callback, _) => "Asiakaspalvelijaa muistutettiin, ennen kuin asiakkaalle kirjoitetaan",
        (_, LadderStep.RaisePriority) => $"Eskaloinnin vaihe {change.Step}: kiireellisyyttä nostettiin yhdellä",
        (_, "reassign") => $"Eskaloinnin vaihe {change.Step}: pyyntö siirrettiin ({Whom(change.To)})",
        _ => $"Eskaloinnin vaihe {change.Step}: ilmoitus lähti ({Whom(change.To)})",
    };

    private static string Whom(string? to) => to switch
    {
        "assignee" => "pyynnön hoitaja",
        "queue" => "jonon asiakaspalvelijat",
        "lead" => "jonon vastaava",
        _ => to ?? "ei kukaan",
    };
}
