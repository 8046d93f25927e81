using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Tickets;

/// <summary>
/// Who is written what about a merge. Make it before: it remembers what each customer was told. The customers of the merged ticket learn that it is handled
/// with another, and what is promised now; those of the other are written to only where a promise is another than they were told.
/// </summary>
internal sealed class MergeLetters
{
    private readonly Ticket from;
    private readonly Ticket into;
    private readonly List<Addressee> moving;
    private readonly List<Addressee> staying;
    private readonly ILookup<string, Instant> toldThere;
    private readonly ILookup<string, Instant> toldHere;

    public MergeLetters(Ticket from, Ticket into)
    {
        (this.from, this.into) = (from, into);
        moving = [Addressee.Of(from), .. from.AlsoPromised];
        // One letter each: whoever is a customer of both reads of both in the one about the merged ticket.
        staying = [.. new[] { Addressee.Of(into) }.Concat(into.AlsoPromised).Where(each => !Has(moving, each))];
        (toldThere, toldHere) = (Told(from), Told(into));
        var others = moving.Where(each => each.Person.Id != into.Requester.Id && !Has(into.AlsoPromised, each)).ToList();
        into.AlsoPromised = [.. into.AlsoPromised, .. others];
    }

    private static bool Has(IEnumerable<Addressee> some, Addressee one) => some.Any(each => each.Person.Id == one.Person.Id);

    /// <summary>The dates that stand, by what is promised. An answer is an answer, be it the first or the next.</summary>
    private static ILookup<string, Instant> Told(Ticket ticket) => ticket.Clock.Commitments
        .Where(commitment => commitment.IsOpen && commitment.OpenPromise is not null)
        .ToLookup(Matter, commitment => commitment.OpenPromise!.PromisedAt);

    private static string Matter(Commitment commitment) => commitment.IsResponse ? "response" : commitment.Kind.ToWord();

    /// <summary>After the merge.</summary>
    public IEnumerable<(Addressee Addressee, Letter Letter)> Write()
    {
        foreach (var addressee in moving)
        {
            var own = addressee.Person.Id == into.Requester.Id;
            var told = own ? toldThere.Concat(toldHere).SelectMany(group => group.Select(at => (group.Key, at))).ToLookup(pair => pair.Key, pair => pair.at) : toldThere;
            yield return (addressee, new Letter(MessageKind.Merged, Effect(addressee), Items(told)) { ContinuesAs = own ? into.Id : null });
        }

        var changed = Items(toldHere).Where(item => !toldHere[Matter(item.Commitment)].Contains(item.PromisedAt!.Value)).ToList();
        if (changed.Count == 0) yield break;
        foreach (var addressee in staying) yield return (addressee, new Letter(MessageKind.Promise, Effect(addressee), changed));
    }

    private string Effect(Addressee addressee) => $"merge:{from.Id}:{addressee.TicketId}:{addressee.Person.Id}";

    /// <summary>What is promised now, beside what was told of it before where that was another date.</summary>
    private List<LetterItem> Items(ILookup<string, Instant> told) =>
        [.. into.Clock.Commitments.Where(commitment => commitment.IsOpen && commitment.OpenPromise is not null).Select(commitment =>
        {
            var (now, before) = (commitment.OpenPromise!.PromisedAt, told[Matter(commitment)].ToList());
            return new LetterItem(commitment, now, commitment.Kind == CommitmentKind.Callback || before.Count == 0 || before.Contains(now) ? null : before.Min());
        })];
}
