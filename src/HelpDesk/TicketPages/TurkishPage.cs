using HelpDesk.Deadlines;

namespace HelpDesk.TicketPages;

internal sealed class TurkishPage : TicketPageWords
{
    public override string Number(long number) => $"Talep no. {number}";

    public override string Continues(long number) => $"{number} numaralı talebinizin devamı";

    public override (string Label, string Text) Status(TicketStatus status) => status switch
    {
        TicketStatus.New => ("Alındı", "Talebiniz bize ulaştı, henüz yanıtlanmadı."),
        TicketStatus.Open => ("İşlemde", "Talebinizle ilgileniyoruz."),
        TicketStatus.WaitingOnCustomer => ("Sizi bekliyor", "Devam edebilmemiz için sizden bir bilgi bekliyoruz. Aşağıdan yanıtlayabilirsiniz."),
        TicketStatus.OnHold => ("Beklemede", "Devam edebilmek için başka birini bekliyoruz."),
        TicketStatus.Resolved => ("Çözüldü", "Konunun çözüldüğünü düşünüyoruz. Çözülmediyse aşağıdan bize bildirin."),
        _ => ("Kapatıldı", "Bu talep kapatıldı."),
    };

    public override string Why => "Neden";

    public override string Zone(string zone) => $"Tüm saatler {zone} saat dilimine göredir.";

    public override string PromisesTitle => "Size verdiğimiz sözler";

    public override string NoPromises => "Şu anda size karşı bekleyen bir sözümüz yok.";

    public override string By => "en geç";

    public override string Overdue => "Bunun için söz verdik ve henüz yerine getirmedik. Sözümüz hâlâ geçerli.";

    public override string PromisedAnew => "Önceki tarihe yetişemedik; bu tarih yenidir.";

    public override string PausedForReader => "Şimdilik bir tarih yok: sizi bekliyoruz. Kalan süre siz yanıtlayınca işlemeye devam eder.";

    public override string PausedForOthers => "Şimdilik bir tarih yok: başka birini bekliyoruz. Devam ettiğimizde size haber vereceğiz.";

    public override string NoNewDate => "Henüz yeni bir tarih yok.";

    public override string SorryTitle => "Özür dileriz";

    public override string Sorry(string what, string date) => $"{what}: şu tarihe söz verdik ve sözümüzü tutamadık: {date}.";

    public override string SorryReason => "Nedeni";

    public override string Remedy => "Telafi olarak";

    public override string HistoryTitle => "Bugüne kadarki bütün sözlerimiz";

    public override (string What, string By, string Told, string Outcome) HistoryHeads => ("Konu", "Söz verilen tarih:", "Bildirildiği tarih:", "Sonuç");

    public override string Outcome(PromiseOutcome outcome) => outcome switch
    {
        PromiseOutcome.Kept => "Tutuldu",
        PromiseOutcome.Renewed => "Zamanında yenilendi: tarihten önce size yazdık",
        PromiseOutcome.Broken => "Tutulmadı: tarih geçti",
        PromiseOutcome.Withdrawn => "Geri çekildi",
        _ => "Geçerli",
    };

    public override string Withdrawn(Withdrawal why) => why switch
    {
        Withdrawal.Paused => "Geri çekildi: beklememiz gerekti",
        Withdrawal.Ended => "Geri çekildi: artık gerek kalmadı",
        _ => "Geri çekildi: yerini başka bir tarih aldı",
    };

    public override string ConversationTitle => "Yazışma";

    public override string NoMessages => "Henüz bir şey yazılmadı.";

    public override string Earlier => "Daha eski mesajlar burada gösterilmiyor.";

    public override string Reader => "Siz";

    public override string Automatic => "otomatik";

    public override string Files => "Dosyalar";

    public override string FormTitle => "Bize yazın";

    public override string Message => "Mesajınız";

    public override string AddFiles => "Dosya ekleyin";

    public override string FilesHint(int most, string size) => $"En fazla {most} dosya, her biri en fazla {size}.";

    public override string? FormHint(TicketStatus status, bool isReopened) => status switch
    {
        TicketStatus.Resolved when isReopened => "Mesajınız bu talebi yeniden açar.",
        TicketStatus.Resolved or TicketStatus.Closed => "Mesajınız, buna bağlı yeni bir talep olur.",
        _ => null,
    };

    public override string Send => "Gönder";

    public override string WasSent => "Teşekkür ederiz, mesajınız bize ulaştı.";

    public override string Fault(FormFault fault) => fault switch
    {
        FormFault.NoWords => "Lütfen göndermeden önce bir şey yazın.",
        FormFault.TooManyWords => "Mesajınız bir seferde alabileceğimizden uzun: lütfen 20.000 karakterin altında tutun.",
        FormFault.TooFast => "Biraz fazla hızlı oldu. Lütfen bir dakika bekleyip yeniden gönderin.",
        FormFault.FileTooLarge => "Dosyalardan biri çok büyük. Lütfen o dosya olmadan yeniden seçin.",
        FormFault.FileType => "Dosyalardan birinin türünü kabul edemiyoruz. Lütfen o dosya olmadan yeniden seçin.",
        FormFault.TooManyFiles => "Çok fazla dosya var. Lütfen daha azını seçin.",
        _ => "Sayfa uzun süre açık kaldı. Lütfen mesajınızı bir kez daha gönderin.",
    };

    public override string CountedTitle => "Süreyi nasıl sayıyoruz";

    public override string CountedText => "Aksini söylemedikçe bir sözün süresi, çalıştığımız saatlerle sayılır. Geceler, hafta sonları, tatiller ve beklemek zorunda kaldığımız süre sayılmaz.";

    public override string Counted(string what, string since, string counted, bool aroundTheClock, string? closed, string? holiday, string? paused)
    {
        string[] left = [.. new[] { (closed, "çalışma saatleri dışında"), (holiday, "tatillerde"), (paused, "beklerken") }.Where(each => each.Item1 is not null).Select(each => $"{each.Item2} {each.Item1}")];
        var rest = left.Length == 0 ? "" : $" Sayılmayan: {string.Join(", ", left)}.";
        return $"{what}: başlangıç {since}; o zamandan beri sayılan {(aroundTheClock ? "süre" : "çalışma süresi")} {counted}.{rest}";
    }

    public override Distance Ahead { get; } = new("{0} sonra", new("gün", "gün"), new("saat", "saat"), new("dakika", "dakika"), "bir dakikadan az");

    public override Distance Behind { get; } = new("{0} önce", new("gün", "gün"), new("saat", "saat"), new("dakika", "dakika"), "bir dakikadan az");
}
