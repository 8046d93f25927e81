using System.Globalization;

namespace HelpDesk.Delivery;

/// <summary>
/// Dates stand after a colon, never within a sentence: a suffix ("15:00'e") would have to agree with how the number is spoken.
/// </summary>
internal sealed class Turkish : Language
{
    /// <summary>From Monday on.</summary>
    internal static IReadOnlyList<string> Days { get; } = ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"];

    internal static IReadOnlyList<string> Months { get; } =
        ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"];

    public override string Code => "tr";

    public override string By => "en geç";

    public override string SampleSubject => "Yazıcı yanıyor";

    public override string SampleReason => "Yedek parça bekliyoruz.";

    public override string SampleBody => "Parçayı sipariş ettik; bir sonraki destek saatiniz bizden.";

    public override string DateAndTime(LocalDateTime at) => string.Create(
        CultureInfo.InvariantCulture, $"{Date(at.Date)}, {at.Hour:D2}:{at.Minute:D2}");

    public override string Date(LocalDate date) => string.Create(
        CultureInfo.InvariantCulture, $"{date.Day} {Months[date.Month - 1]} {date.Year} {Days[(int)date.DayOfWeek - 1]}");

    /// <summary>After a number the singular stands.</summary>
    protected override string Unit(TimeUnit unit, decimal count) =>
        unit switch { TimeUnit.Day => "gün", TimeUnit.Hour => "saat", TimeUnit.Minute => "dakika", _ => "saniye" };

    protected override string Short(TimeUnit unit) => unit switch { TimeUnit.Hour => "sa", TimeUnit.Minute => "dk", _ => "sn" };

    public override (string Why, string How) OptOut => ("Bu iletiyi bize ilettiğiniz talep nedeniyle aldınız.", "Taleplerimle ilgili e-posta almak istemiyorum");

    public override string What(string kind) => kind switch
    {
        "first_response" => "İlk yanıt",
        "next_response" => "Mesajınıza yanıt",
        "update" => "Son durum bilgisi",
        "resolution" => "Çözüm",
        "callback" => "Size dönüşümüz",
        _ => throw Unknown(kind),
    };

    public override string Promise(string kind, string date) => kind switch
    {
        "first_response" => $"Size en geç şu tarihte yanıt vereceğiz: {date}.",
        "next_response" => $"Mesajınızı en geç şu tarihte yanıtlayacağız: {date}.",
        "update" => $"Son durumu size en geç şu tarihte bildireceğiz: {date}.",
        "resolution" => $"Çözümü size en geç şu tarihte sunacağız: {date}.",
        "callback" => $"Size en geç şu tarihte dönüş yapacağız: {date}.",
        _ => throw Unknown(kind),
    };

    public override string Owed(string kind) => kind switch
    {
        "first_response" => "İlk yanıt",
        "next_response" => "Yanıt",
        "update" => "Son durum bilgisi",
        "resolution" => "Çözüm",
        "callback" => "Müşteriye dönüş",
        _ => throw Unknown(kind),
    };

    public override string Asked(string why) => why switch
    {
        "coming_up" => "Bu söz henüz yerine getirilmedi; lütfen zamanında ilgilenin.",
        "lapsed" => "Sözün süresi doldu ve söz hâlâ yerine getirilmedi; lütfen önce bununla ilgilenin.",
        "put_off" => "Tarih, politikanın izin verdiği kadar ertelendi. Müşteriye bu tarihe yetişemeyebileceğimiz ve konuya başkalarının da dâhil edildiği bildirildi; lütfen konuyu devralın.",
        "given_up" => "Sözün süresi doldu; müşteriden özür dilendi, ancak yeni bir tarih verilmedi. Lütfen müşteriye yazın.",
        "unreachable" => "Müşteriye işin uzayacağı bildirilmeli, ancak kendisine ulaşılamıyor; lütfen başka bir yol bulun.",
        "not_told" => "Sözün süresi doldu ve müşteriye haber verilemedi; lütfen ona ulaşmak için başka bir yol bulun.",
        "callback" => "Bu sözü bir çalışma arkadaşınız verdi. Müşteriye birazdan işin uzayacağı bildirilecek; lütfen şimdi yapın ya da yapıldığını bildirin.",
        "assigned" => "Talep size devredildi; lütfen ilgilenin.",
        _ => throw NotAsked(why),
    };
}
