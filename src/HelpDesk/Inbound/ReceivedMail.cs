using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>A mail as the desk understands it.</summary>
internal sealed record ReceivedMail
{
    /// <summary>Without its angle brackets; null where the mail has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>Message-IDs of the mail that it answers, the nearest first.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Whom it says it is from; <see cref="MailPerson.Nobody"/> of a report that does not say.</summary>
    public required MailPerson Sender { get; init; }

    /// <summary>Whom answers are asked to go to, where that is one other than the sender.</summary>
    public MailPerson? ReplyTo { get; init; }

    /// <summary>All addresses that it went to, as far as its headers tell.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    public required string Subject { get; init; }

    /// <summary>What was newly written.</summary>
    public required string Body { get; init; }

    /// <summary>What was quoted of the mail before it.</summary>
    public string? Quoted { get; init; }

    /// <summary>The words in whole, where they are more than a message holds.</summary>
    public string? WholeText { get; init; }

    /// <summary>Files, inline pictures and whole mails that it carries.</summary>
    public IReadOnlyList<MimeEntity> Files { get; init; } = [];

    /// <summary>A machine sent it.</summary>
    public bool IsAutomated { get; init; }

    /// <summary>The server that took it says that it is not from whom it says.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>The language that it says it is in.</summary>
    public string? Locale { get; init; }

    /// <summary>What it reports of mail of ours that came back.</summary>
    public IReadOnlyList<ReportedMail> Returned { get; init; } = [];
}

/// <summary>An address as it is kept, and the name beside it.</summary>
internal sealed record MailPerson(string Address, string? Name)
{
    /// <summary>Of a report that names no sender.</summary>
    public static readonly MailPerson Nobody = new("mailer-daemon@invalid", null);
}
