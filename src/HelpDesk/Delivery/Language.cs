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

    protected static ArgumentOutOfRangeException Unknown(string kind) => new(nameof(kind), kind, "No language has words for a commitment of this kind.");
}
