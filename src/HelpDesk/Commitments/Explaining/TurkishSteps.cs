using HelpDesk.Deadlines;

namespace HelpDesk.Commitments.Explaining;

/// <summary>Dates, amounts and names stand after a colon, as in <see cref="Delivery.Turkish"/>: no suffix has to agree with them.</summary>
internal sealed class TurkishSteps : StepProse
{
    protected override string Code => "tr";

    protected override string OtherTerms => "talebiniz için artık başka süreler geçerli";

    public override string Counted(string amount, bool aroundTheClock) => aroundTheClock ? $"günün her saati sayılmak üzere {amount}" : $"çalışma saatlerine göre {amount}";

    protected override string Joined(string clause) => $", çünkü {clause}";

    protected override string Stretch(SegmentKind kind) => kind switch
    {
        SegmentKind.Working => "çalışma saati",
        SegmentKind.Closed => "kapalı",
        SegmentKind.Holiday => "tatil",
        _ => "süre durdu",
    };

    protected override string? Clause(string reason, bool forCustomer) => reason switch
    {
        "new" => "talep yeni",
        "open" => "talep açık",
        "waiting_on_customer" => forCustomer ? "yanıtınızı bekliyoruz" : "müşterinin yanıtını bekliyoruz",
        "on_hold" => "talep beklemede",
        "resolved" => "talep çözüldü",
        "closed" => "talep kapatıldı",
        "priority" => "öncelik değişti",
        "queue" => "kuyruk değişti",
        "category" => "kategori değişti",
        "tags" => "etiketler değişti",
        "policy" => "başka bir politika geçerli oldu",
        "calendar" => "çalışma saatleri değişti",
        "ladder" => "öncelik yükseltildi",
        "merged" => "talep başka bir taleple birleştirildi",
        "resumed" => "süre yeniden işlemeye başladı",
        "not_sent" => "yeni tarihi bildiren mesaj henüz gönderilmemişti",
        "cap" => "tarih, politikanın izin verdiği kadar ertelendi",
        "unreachable" => "ulaşılabilecek kimse yoktu",
        "nobody" => "haber verilecek kimse yoktu",
        _ => null,
    };

    protected override string Text(StepFacts step) => (step.Change.What, step.ForCustomer) switch
    {
        (ChangeKind.CommitmentStarted, _) => Started(step),
        (ChangeKind.CommitmentPaused, _) => $"Süre durdu{step.Why}. O ana kadar kullanılan: {step.Used}. Süre yeniden işlemeye başlayana kadar geçerli bir tarih yok.",
        (ChangeKind.CommitmentResumed, true) => $"Süre yeniden işlemeye başladı{step.Why}.",
        (ChangeKind.CommitmentResumed, _) => $"Süre yeniden işlemeye başladı{step.Why}. O ana kadar kullanılan: {step.Used}. Geri kalanı buradan sayılıyor; bitiş: {step.Due}{Promised(step)}.",
        (ChangeKind.CommitmentRetargeted, _) => step.HasDue
            ? $"Süre aynı başlangıçtan yeniden hesaplandı{step.Why}. Yeni süre: {step.Target}; bitiş: {step.Due}{Promised(step)}."
            : $"Süre aynı başlangıçtan yeniden hesaplandı{step.Why}. Yeni süre: {step.Target}. Süre şu anda işlemiyor.",
        (ChangeKind.CommitmentKept, _) => $"Yerine getirildi; kullanılan süre: {step.Used}. Söz tutuldu.",
        (ChangeKind.CommitmentBroken, _) => $"Sona erdi{step.Why}; kullanılan süre: {step.Used}. Söz verilen tarih geçmişti: söz tutulmadı.",
        (ChangeKind.CommitmentCancelled, _) => $"Sona erdi{step.Why}; kullanılan süre: {step.Used}. Ne tutulmuş ne de tutulmamış sayıldı.",
        (ChangeKind.CommitmentReopened, _) => "Talep yeniden açıldı. Buradaki sonuç değişmedi.",
        (ChangeKind.PromiseMade, _) => step.Renews
            ? $"Yeni bir tarih için söz verdik{step.Why}. Yeni tarih: {step.Promised}; önceki tarih: {step.Before}."
            : $"Söz verdik{step.Why}. En geç: {step.Promised}.",
        (ChangeKind.PromiseRenewed, _) => $"Söz, süresi dolmadan yenilendi. Sözün tarihi: {step.Promised}.",
        (ChangeKind.PromiseKept, _) => $"Söz tutuldu. Sözün tarihi: {step.Promised}.",
        (ChangeKind.PromiseBroken, _) => $"Söz verilen tarih geçti, söz tutulmadı. Sözün tarihi: {step.Promised}.",
        (ChangeKind.PromiseWithdrawn, _) => $"Söz geri çekildi{step.Why}. Sözün tarihi: {step.Promised}.",
        (ChangeKind.PromiseRestored, _) => $"Söz yeniden geçerli. Sözün tarihi: {step.Promised}.",
        (ChangeKind.FollowUpSent, _) => FollowedUp(step),
        (ChangeKind.FollowUpUnreachable, _) => $"Tarih geçmeden müşteriye yazılacaktı, ancak kendisine ulaşılamadı; temsilciye haber verildi. Sözün tarihi: {step.Promised}.",
        (ChangeKind.FollowUpWithdrawn, _) => "Tarih geçmeden gönderilecek mesaj henüz yola çıkmamıştı ve geri çekildi.",
        (ChangeKind.RecoveryStarted, _) => Recovered(step),
        (ChangeKind.LadderClimbed, _) => $"{Climbed(step.Change)}{step.Why}. Sözün tarihi: {step.Promised}.",
        var (what, _) => throw new ArgumentOutOfRangeException(nameof(step), what, "A change without words."),
    };

    private static string Started(StepFacts step) => (step.HasDue, step.ForCustomer) switch
    {
        (true, true) => "Süre işlemeye başladı.",
        (true, false) => $"Süre işlemeye başladı: {step.Target}; bitiş: {step.Due}{Promised(step)}.",
        (false, true) => "Süre şimdilik işlemiyor.",
        _ => $"Süre durdurulmuş olarak başladı; kalan: {step.Target}.",
    };

    private static string Promised(StepFacts step) => step.PromisesOther ? $"; söz verilen tarih: {step.Promised}" : "";

    private static string FollowedUp(StepFacts step) => (step.Renews, step.ForCustomer) switch
    {
        (true, true) => $"Tarih geçmeden size yazdık. Önceki tarih: {step.Before}; yeni tarih: {step.Promised}.",
        (true, false) => $"Tarih geçmeden müşteriye yazıldı. Önceki tarih: {step.Before}; yeni tarih: {step.Promised}.",
        (false, true) => $"Bu tarihe yetişemeyebileceğimizi ve konuya başkalarını da dâhil ettiğimizi size yazdık. Sözün tarihi: {step.Promised}.",
        _ => $"Müşteriye bu tarihe yetişemeyebileceğimiz ve konuya kimlerin dâhil edildiği bildirildi. Sözün tarihi: {step.Promised}. Yeni bir söz verilmedi{step.Why}.",
    };

    private static string Recovered(StepFacts step) => (step.Renews, step.ForCustomer) switch
    {
        (true, true) => $"Geciktiğimiz için sizden özür diledik. Geçen tarih: {step.Before}; yeni tarih: {step.Promised}.",
        (true, false) => $"Gecikme için müşteriden özür dilendi. Geçen tarih: {step.Before}; yeni tarih: {step.Promised}.",
        (false, true) => $"Geciktiğimiz için sizden özür diledik. Geçen tarih: {step.Promised}. Henüz yeni bir tarih yok.",
        _ => $"Gecikme için müşteriden özür dilenmesi gerekiyor. Geçen tarih: {step.Promised}. Yeni bir söz verilmedi{step.Why}.",
    };

    private static string Climbed(ClockChange change) => (change.Kind, change.Do) switch
    {
        (CommitmentKind.Callback, _) => "Müşteriye yazılmadan önce temsilci uyarıldı",
        (_, LadderStep.RaisePriority) => $"{change.Step}. yükseltme adımı: öncelik bir kademe artırıldı",
        (_, "reassign") => $"{change.Step}. yükseltme adımı: talep devredildi ({Whom(change.To)})",
        _ => $"{change.Step}. yükseltme adımı: bilgi verildi ({Whom(change.To)})",
    };

    private static string Whom(string? to) => to switch
    {
        "assignee" => "sorumlu temsilci",
        "queue" => "kuyruktaki temsilciler",
        "lead" => "kuyruk yöneticisi",
        _ => to ?? "kimse",
    };
}
