namespace HelpDesk.Delivery;

/// <summary>What a language says apart from its templates: dates, and the names and sentences of promises. One file per language.</summary>
internal abstract class Language
{
    /// <summary>BCP 47, in lower case: the folder of its templates.</summary>
    public abstract string Code { get; }

    /// <summary>
    /// Day and minute, in a form that can follow <see cref="By"/>. Seconds are cut off, as a clock on the wall shows them.
    /// </summary>
    public abstract string DateAndTime(LocalDateTime at);

    /// <summary>A day, in a form that can stand at the head of a list entry and before a time: "Monday, 2 March 2026".</summary>
    public abstract string Date(LocalDate date);

    /// <summary>A length of time by itself: "2 hours", "1 h 30 min".</summary>
    public string Say(Amount amount) => Say(amount, Unit);

    /// <summary>The same, with its last unit in the form that a sentence asks for.</summary>
    public string Say(Amount amount, Func<TimeUnit, decimal, string> unit) => amount.Whole is var (whole, count)
        ? $"{Amount.Number(count, DecimalPoint)} {unit(whole, count)}"
        : string.Join(' ', amount.Parts.Select(part => $"{Amount.Number(part.Count, DecimalPoint)} {Short(part.Unit)}"));

    /// <summary>A unit as it follows its count.</summary>
    protected abstract string Unit(TimeUnit unit, decimal count);

    /// <summary>The same in short.</summary>
    protected abstract string Short(TimeUnit unit);

    protected virtual char DecimalPoint => ',';

    /// <summary>What stands between a promise and its date: "by".</summary>
    public abstract string By { get; }

    /// <summary>A kind of commitment as the head of a list entry: "First answer".</summary>
    public abstract string What(string kind);

    /// <summary>A kind of commitment promised by a date, as a whole sentence.</summary>
    public abstract string Promise(string kind, string date);

    /// <summary>What the ticket of a sample is about.</summary>
    public abstract string SampleSubject { get; }

    /// <summary>Why a sample takes longer.</summary>
    public abstract string SampleReason { get; }

    /// <summary>What an agent says in a sample.</summary>
    public abstract string SampleBody { get; }

    /// <summary>A kind of commitment to those who owe it, as the head of a list entry: "First answer".</summary>
    public abstract string Owed(string kind);

    /// <summary>Why somebody of the desk is told of a promise, and what is asked: whole sentences.</summary>
    public abstract string Asked(string why);

    protected static ArgumentOutOfRangeException NotAsked(string why) => new(nameof(why), why, "No language has words for a notice of this kind.");

    /// <summary>Under every mail: why it came, and the words of the link that ends it.</summary>
    public abstract (string Why, string How) OptOut { get; }

    protected static ArgumentOutOfRangeException Unknown(string kind) => new(nameof(kind), kind, "No language has words for a commitment of this kind.");
}
