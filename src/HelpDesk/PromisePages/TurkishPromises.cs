using System.Globalization;
using HelpDesk.Delivery;

namespace HelpDesk.PromisePages;

/// <summary>Dates and times stand after a colon or alone: a suffix would have to agree with how the number is spoken.</summary>
internal sealed class TurkishPromises : PromisePageWords
{
    public override string Title => "Verdiğimiz sözler";

    public override string Lead => "Size ne kadar sürede döneriz, ne zaman buradayız ve sözümüzü ne ölçüde tutuyoruz.";

    public override string EmptyTitle => "Burada henüz bir şey yok";

    public override string EmptyText => "Verdiğimiz sözleri henüz yayımlamadık. Bize yine de yazabilirsiniz, size yanıt veririz. Sözlerimiz yayımlandığında burada yer alacak.";

    public override string NowTitle => "Şimdi yazsaydınız";

    public override string HearBy => "size en geç şu zamana kadar dönerdik:";

    public override string NowNote => "Normal öncelikli bir talep için. Talebiniz daha acilse ya da size özel bir anlaşma varsa başka tarihler geçerli olabilir.";

    public override string NowNothing => "Özel bir anlaşma kapsamında olmayan talepler için tarih sözü vermiyoruz.";

    public override string AnyOtherWay => "başka bir yolla";

    public override string Channel(string name) => name.ToUpperInvariant() switch
    {
        "EMAIL" or "MAIL" => "e-posta ile",
        "PHONE" => "telefonla",
        "WEB" => "web üzerinden",
        "CHAT" => "canlı sohbetle",
        "API" => "API üzerinden",
        _ => name,
    };

    public override string TermsTitle => "Bizden ne bekleyebilirsiniz";

    public override string ForAll => "Tüm talepler için";

    public override string ForAllOthers => "Diğer tüm talepler için";

    public override string ByPriority => "Önceliğe göre";

    public override string WorkingTime => "çalışma saatlerine göre";

    public override string AroundTheClock => "günün her saati sayılarak";

    public override string HoursTitle => "Ne zaman buradayız";

    public override string HoursFor(string policies) => $"Kapsam: {policies}";

    public override string IsOpen => "Şu anda açığız";

    public override string IsAlwaysOpen => "Her zaman açığız";

    public override string IsClosed => "Şu anda kapalıyız";

    public override string ClosesAt(string? date, string time) => date is null ? $"Bugünkü kapanış: {time}" : $"Kapanış: {date}, {time}";

    public override string OpensAt(string? date, string time) => date is null ? $"Bugünkü açılış: {time}" : $"Açılış: {date}, {time}";

    public override string Today => "Bugün";

    public override string Closed => "Kapalı";

    public override string AllDay => "Bütün gün";

    public override string Holiday => "Tatil";

    public override string OtherHours => "Her zamankinden farklı saatler";

    public override string AsARule(string hours, string zone) => $"Genel olarak: {hours} ({zone}).";

    public override string Zone(string zone) => $"Tüm saatler {zone} saat dilimindedir.";

    public override string ChooseZone => "Başka bir saat dilimi seçin";

    public override string ZoneLabel => "Saat dilimi";

    public override string UnknownZone => "Bu saat dilimini tanımıyoruz. Lütfen listeden birini seçin.";

    public override string Show => "Göster";

    public override string YourZone => "Kendi saat diliminizde gösterin ({0})";

    public override string RecordTitle => "Sözümüzü ne ölçüde tutuyoruz";

    public override string KeptOfAll(int days) => $"son {days} günde tutulan sözlerin oranı";

    public override string TooFewOfAll => "Sağlıklı bir oran verebilmek için süresi dolan söz sayısı henüz çok az. Yeterli sayıya ulaşınca oran burada yer alacak.";

    protected override string Sample(string verdicts, string when) => $"Değerlendirilen taahhüt: {verdicts} ({when})";

    public override string Percent(decimal percent) => $"%{(percent == 100 ? "100" : percent.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ','))}";

    public override string Kept => "Tutuldu";

    public override string Renewed => "Zamanında yenilendi";

    public override string Broken => "Tutulmadı";

    public override string TooFew => "Gösterilemeyecek kadar az";

    public override string RecordNote(string zone) =>
        "Tutuldu: iş, söz verilen tarihe kadar yapıldı. Zamanında yenilendi: tarih geçmeden yazıp yeni bir tarih verdik. Tutulmadı: tarih geçti. "
        + $"Az sözün sonuçlandığı günler, kimsenin talebi ayırt edilemesin diye birlikte gösterilir; günler {zone} saat dilimine göredir.";

    public override string StripLabel(int days) => $"Son {days} günün sözleri, gün gün: tutulanlar, zamanında yenilenenler ve tutulmayanlar. Aynı rakamlar aşağıdaki tabloda yer alır.";

    public override string AsATable => "Rakamlar tablo olarak";

    public override string Days => "Günler";

    public override string Range(string from, string to) => $"{from} – {to}";

    public override string Together(string range) => $"{range} (birlikte)";

    public override string Counts(StripCounts counts) => $"{Number(counts.Kept)} tutuldu, {Number(counts.Renewed)} zamanında yenilendi, {Number(counts.Broken)} tutulmadı";

    public override string More => "Verdiğimiz tüm sözler";

    internal override string Weekday(IsoDayOfWeek day) => Turkish.Days[(int)day - 1];

    internal override string Date(LocalDate date) => $"{date.Day} {Turkish.Months[date.Month - 1]}";

    internal override string DateWithYear(LocalDate date) => $"{Date(date)} {date.Year}";

    internal override string Time(LocalTime time) => $"{time.Hour:D2}:{time.Minute:D2}";

    internal override string Midnight => "24:00";

    internal override string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.');
}
