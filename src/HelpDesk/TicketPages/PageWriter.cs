using System.Globalization;
using HelpDesk.Attachments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Recovery;
using HelpDesk.Time;
using HelpDesk.Web.Pages;
using Npgsql;

namespace HelpDesk.TicketPages;

/// <summary>Puts what a visitor may see into her language and zone.</summary>
internal sealed class PageWriter(NpgsqlDataSource database, HelpDeskDb db, PagePromises promises, PageExplanations explanations, PageAdvisories advisories, FormProof proof, AttachmentOptions attachments, DeskClock clock)
{
    private const int MostMessages = 500;

    public async Task<TicketPageModel> Write(PageFrame frame, Visit visit, PageForm form, CancellationToken cancel)
    {
        var words = TicketPageWords.Of(frame.Language);
        var dates = promises.Dates(frame, visit);
        var said = await Conversation.Read(database, visit, MostMessages + 1, cancel);
        var files = await ListAttachments.Of(db, [.. said.Select(message => message.Id)], cancel);
        var (label, text) = words.Status(visit.Matter.Status);
        return new(
            words, visit.Own.Id, visit.Own.Subject, new(label, text, Tone(visit.Matter.Status)), visit.Matter.Status is TicketStatus.Resolved or TicketStatus.Closed ? null : visit.Matter.Reason,
            await advisories.For(frame, visit, dates, cancel), dates.ZoneName,
            promises.Owed(frame, visit), await Apologies(words, dates, visit, cancel), promises.History(frame, visit),
            [.. said.TakeLast(MostMessages).Select(message => Message(frame, words, dates, visit, message, files[message.Id]))], said.Count > MostMessages,
            await explanations.Of(frame, visit, dates, cancel), form, visit.Own.ContinuesId,
            await clock.SandboxTime(cancel) is null ? Countdown.Of(visit.Now, words) : null);
    }

    /// <summary>A fresh copy of the form.</summary>
    public PageForm Form(PageFrame frame, Visit visit)
    {
        var words = TicketPageWords.Of(frame.Language);
        var (key, word) = proof.Make(visit.Token);
        var hint = words.FormHint(visit.Matter.Status, visit.Matter.Clock.TakesCustomerMessage(visit.Now));
        return new(frame.Page($"t/{visit.Token}"), key, word, hint, words.FilesHint(ReplyForm.MostFiles, Size(frame, attachments.MaxBytes)));
    }

    private static string Tone(TicketStatus status) => status switch
    {
        TicketStatus.WaitingOnCustomer => "warn",
        TicketStatus.OnHold or TicketStatus.Closed => "still",
        TicketStatus.Resolved => "good",
        _ => "calm",
    };

    private async Task<IReadOnlyList<PageApology>> Apologies(TicketPageWords words, PageDates dates, Visit visit, CancellationToken cancel)
    {
        var made = new List<(Instant At, PageApology Apology)>();
        foreach (var ticket in new[] { visit.Own.Id, visit.Matter.Id }.Distinct())
        {
            // To a guest belongs what was said since the matter is hers.
            var since = ticket == visit.Own.Id ? null : visit.JoinedAt;
            foreach (var recovery in (await ListRecoveries.Of(db, ticket, cancel)).Where(each => !(each.StartedAt <= since)))
            {
                made.Add((recovery.StartedAt, new(words.SorryTitle, words.Sorry(dates.What(recovery.Kind, null), dates.Of(recovery.PromisedAt).Text), recovery.Reason, recovery.Remedy)));
            }

            foreach (var remedy in (await OfferRemedy.Of(db, ticket, cancel)).Where(each => !(each.MadeAt <= since)))
            {
                made.Add((remedy.MadeAt, new(words.Remedy, remedy.Text, null, null)));
            }
        }

        return [.. made.OrderByDescending(each => each.At).Select(each => each.Apology)];
    }

    private static PageMessage Message(PageFrame frame, TicketPageWords words, PageDates dates, Visit visit, Said message, IEnumerable<AttachmentResponse> files)
    {
        var isReaders = message.Author == Author.Customer;
        return new(
            isReaders ? words.Reader : frame.Desk, isReaders, message.Automated || message.Author == Author.System ? words.Automatic : null, dates.Of(message.At), TextPart.Of(message.Body),
            [.. files.Select(file => new PageFile(file.Name, Size(frame, file.Size), frame.Page($"t/{visit.Token}/files/{file.Id}")))]);
    }

    private static string Size(PageFrame frame, long bytes)
    {
        CultureInfo culture = frame.Language.Culture;
        return bytes < 1024 ? string.Create(culture, $"{bytes} B")
            : bytes < 1024 * 1024 ? string.Create(culture, $"{bytes / 1024.0:0.#} kB")
            : string.Create(culture, $"{bytes / 1024.0 / 1024.0:0.#} MB");
    }
}
