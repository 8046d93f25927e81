using System.Globalization;

namespace HelpDesk.Delivery;

/// <summary>
/// Dates stand after a colon, never within a sentence: a suffix ("15:00'e") would have to agree with how the number is spoken.
/// </summary>
internal sealed class Turkish : Language
{
    private static readonly string[] Days = ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"];

    private static readonly string[] Months = ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"];

    public override string Code => "tr";

    public override string By => "en geç";

    public override string SampleSubject => "Yazıcı yanıyor";

    public override string SampleReason => "Yedek parça bekliyoruz.";

    public override string SampleBody => "Parçayı sipariş ettik; bir sonraki destek saatiniz bizden.";

    public override string DateAndTime(LocalDateTime at) => string.Create(
        CultureInfo.InvariantCulture, $"{at.Day} {Months[at.Month - 1]} {at.Year} {Days[(int)at.DayOfWeek - 1]}, {at.Hour:D2}:{at.Minute:D2}");

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
}
