using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Catalogue.Words;

/// <summary>Lengths stand before "içinde", which asks for no suffix, and before "uzun", which asks for the ablative: that follows the unit's own vowels.</summary>
internal sealed class TurkishCatalogue : CatalogueWords
{
    public override Language Language { get; } = new Turkish();

    protected override string AlwaysOpen => "Her gün 24 saat açık";

    protected override string AllDay => "bütün gün";

    protected override string And => "ve";

    protected override string ClosedOn => "kapalı";

    protected override string ClosedForHoliday => "kapalı (tatil)";

    public override string Promise(CommitmentKind kind, Duration within, TermHours hours) => kind switch
    {
        CommitmentKind.FirstResponse => $"Size ilk yanıtımızı {Within(within, hours)} içinde veririz.",
        CommitmentKind.NextResponse => $"Sonraki her mesajınızı {Within(within, hours)} içinde yanıtlarız.",
        CommitmentKind.Update => $"Talebiniz açık olduğu sürece sizi {Than(within, hours)} uzun süre habersiz bırakmayız.",
        CommitmentKind.Resolution => $"Çözümü size {Within(within, hours)} içinde sunarız.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No policy promises this."),
    };

    private static string Within(Duration length, TermHours hours)
    {
        var amount = hours == TermHours.AroundTheClock ? Amount.OfElapsed(length) : Amount.Of(length);
        return hours == TermHours.AroundTheClock ? $"günün her saati sayılmak üzere {Spelled(amount, Unit)}"
            : amount.Whole is (TimeUnit.Hour, _) ? Spelled(amount, _ => "çalışma saati")
            : $"çalışma saatlerine göre {Spelled(amount, Unit)}";
    }

    private static string Than(Duration length, TermHours hours)
    {
        var amount = hours == TermHours.AroundTheClock ? Amount.OfElapsed(length) : Amount.Of(length);
        return hours == TermHours.AroundTheClock ? $"günün her saati sayılmak üzere {Spelled(amount, FromUnit)}"
            : amount.Whole is (TimeUnit.Hour, _) ? Spelled(amount, _ => "çalışma saatinden")
            : $"çalışma saatlerine göre {Spelled(amount, FromUnit)}";
    }

    /// <summary>Units written out, the last one in the form asked for: a suffix does not go well with "dk".</summary>
    private static string Spelled(Amount amount, Func<TimeUnit, string> last) => string.Join(' ', amount.Parts.Select((part, index) =>
        $"{Amount.Number(part.Count, ',')} {(index == amount.Parts.Count - 1 ? last(part.Unit) : Unit(part.Unit))}"));

    private static string Unit(TimeUnit unit) => unit switch { TimeUnit.Day => "gün", TimeUnit.Hour => "saat", TimeUnit.Minute => "dakika", _ => "saniye" };

    private static string FromUnit(TimeUnit unit) => unit switch { TimeUnit.Day => "günden", TimeUnit.Hour => "saatten", TimeUnit.Minute => "dakikadan", _ => "saniyeden" };

    public override string Name(Priority priority) => priority switch { Priority.Low => "Düşük", Priority.Normal => "Normal", Priority.High => "Yüksek", _ => "Acil" };

    public override string Condition(string member) => member switch
    {
        "priority" => "Öncelik",
        "queue" => "Kuyruk",
        "channel" => "Kanal",
        "category" => "Kategori",
        "tag" => "Etiket",
        "tier" => "Müşteri düzeyi",
        _ => "Dil",
    };

    protected override string Pauses(IReadOnlyList<string> whiles) => $"{Capital(Listed(whiles, "ya da"))} süre işlemez.";

    protected override string While(TicketStatus status) => status switch
    {
        TicketStatus.New => "talep yeniyken",
        TicketStatus.Open => "talep açıkken",
        TicketStatus.WaitingOnCustomer => "yanıtınızı beklerken",
        _ => "talep beklemedeyken",
    };

    public override string FollowUp(bool hasNewDate) => hasNewDate
        ? "İş uzarsa size tarih geçmeden yazar ve yeni bir tarih veririz."
        : "İş uzarsa size tarih geçmeden yazarız.";

    public override string Reopening(Duration window) => $"Çözümden sonraki {Spelled(Amount.OfElapsed(window), Unit)} içinde bize yeniden yazarsanız konuyu yeniden ele alırız.";

    protected override string Day(IsoDayOfWeek day) => Turkish.Days[(int)day - 1];

    protected override string Days(DayRun run) => $"{Day(run.From)}–{Day(run.To)}";

    protected override string Open(string days, string hours) => $"{days} {hours}";

    protected override string Closed(string days, bool isStretch) => $"{days} kapalı";

    protected override string OpenOn(string hours) => $"{hours} açık";

    protected override string Capital(string text) => (text[0] == 'i' ? 'İ' : char.ToUpperInvariant(text[0])) + text[1..];
}
