using System.Security.Cryptography;
using System.Text;
using HelpDesk.Commitments.Explaining;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Commitments;

internal static class Rehearse
{
    /// <summary>Rehearse a policy over a scripted history</summary>
    /// <remarks>
    /// The same engine that serves tickets, with nothing stored and nothing sent; the same script always gives the same answer, ids included. Policy and
    /// calendar events put that version in force for what is open, counted from each start. The explanation is in the language asked for.
    /// </remarks>
    public static Ok<RehearsalAnswer> Handle(RehearsalRequest request, AskedLanguage asked)
    {
        var script = RehearsalReading.Read(request);
        try
        {
            return TypedResults.Ok(Play(script, request.Follow, asked.Language));
        }
        catch (TicketOverException error)
        {
            throw Refusal.Impossible("ticket-over", error.Message);
        }
        catch (NeverOpenException error)
        {
            throw Refusal.Impossible("calendar-never-opens", error.Message);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or DeadlineOutOfReachException)
        {
            throw Refusal.Impossible("impossible-history", Words(error));
        }
    }

    /// <summary>Without what .NET adds about parameters, which a script has none of.</summary>
    private static string Words(Exception error) =>
        error is ArgumentException { ParamName: { } parameter } ? error.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : error.Message;

    /// <summary>Counting may fail as late as in the explanation: near the ends of the calendar a promise can be made whose local date cannot be written.</summary>
    private static RehearsalAnswer Play(RehearsalScript script, bool follow, Language language)
    {
        var played = TicketHistory.Play(script.Opened, script.Rules, script.Events, script.AsOf, follow ? TicketHistory.DefaultMinimumGap : null);
        var names = new RehearsedNames(script.Rules.Calendar.Zone);
        var clock = played.Clock;
        var ids = clock.Commitments.ToDictionary(commitment => (commitment.Kind, commitment.Cycle), names.IdOf);
        return new RehearsalAnswer(
            clock.View(script.AsOf, names),
            [.. played.FollowUps.Select(left => new RehearsedFollowUp(ids[(left.Kind, left.Cycle)], left.At, left.Promised, left.Kind, left.Cycle))],
            clock.Explain(played.Journal, script.AsOf, new Telling(language, script.Rules.Calendar.Zone), names));
    }

    /// <summary>Ids and words made up from the history itself.</summary>
    private sealed class RehearsedNames(DateTimeZone zone) : ILedgerNames
    {
        public Guid IdOf(Commitment commitment) => Id(commitment.StartedAt, $"{commitment.Kind}/{commitment.Cycle}");

        public Guid IdOf(Commitment commitment, Promise promise) => Id(promise.MadeAt, $"{commitment.Kind}/{commitment.Cycle}/{promise.Number}");

        public string WordsOf(Commitment commitment, Promise promise) =>
            commitment.Words is { Length: > 0 } words ? words : $"{commitment.Kind.ToWord().Replace('_', ' ')} by {promise.PromisedAt.InZone(zone):uuuu-MM-dd HH:mm:ss z}";

        public string? ToldVia(Commitment commitment, Promise promise) => null;

        public string? WhyOf(Commitment commitment, Promise promise) => null;

        /// <summary>A UUIDv7 whose random part is not random.</summary>
        private static Guid Id(Instant at, string name)
        {
            Span<byte> bytes = stackalloc byte[32];
            SHA256.HashData(Encoding.UTF8.GetBytes(name), bytes);
            var milliseconds = at.ToUnixTimeMilliseconds();
            for (var index = 0; index < 6; index++) bytes[index] = (byte)(milliseconds >> (8 * (5 - index)));
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes[..16], bigEndian: true);
        }
    }
}
