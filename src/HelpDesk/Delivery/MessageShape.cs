using System.Collections.Frozen;

namespace HelpDesk.Delivery;

/// <summary>What a kind of message is for, and what its templates may say: the properties of its model.</summary>
/// <param name="IsLetter">About one ticket, to whoever was promised something on it; its model is <see cref="MessageModel"/>.</param>
/// <param name="Sample">A model with every optional value there, or with none.</param>
internal sealed record MessageShape(
    MessageKind Kind, string Description, bool IsLetter, IReadOnlyList<Placeholder> Placeholders, Func<Language, bool, object> Sample)
{
    private static readonly FrozenDictionary<MessageKind, MessageShape> ByKind = new[]
    {
        Letter(MessageKind.Acknowledgement, "The ticket has arrived; these are the promises."),
        Letter(MessageKind.Promise, "A promise was made after the acknowledgement, or moved to another date."),
        Letter(MessageKind.Paused, "The clock stands still, and what we wait for."),
        Letter(MessageKind.Resumed, "The clock runs again; the new dates."),
        Letter(MessageKind.Reply, "An agent's public message, with what is promised next."),
        Letter(MessageKind.FollowUp, "Before a promise lapses: where things stand, and the new date; or, past the cap on renewals, that there is none."),
        Letter(MessageKind.Recovery, "After a promise lapsed: apology, reason, remedy, and the new date or none."),
        Letter(MessageKind.Remedy, "An agent makes amends for a broken promise; the promises as they stand."),
        Letter(MessageKind.Resolution, "The matter is resolved."),
        Letter(MessageKind.Merged, "The ticket is handled together with another; what is promised now."),
        Letter(MessageKind.Reopened, "The matter is taken up again; the new dates."),
    }.ToFrozenDictionary(shape => shape.Kind);

    public static MessageShape Of(MessageKind kind) => ByKind[kind];

    private static MessageShape Letter(MessageKind kind, string description) =>
        new(kind, description, IsLetter: true, Placeholder.Of(typeof(MessageModel), kind), (language, isWhole) => MessageSample.Of(kind, language, isWhole));
}
