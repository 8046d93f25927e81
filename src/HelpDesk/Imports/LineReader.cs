using System.Text.Json;
using HelpDesk.Customers;
using HelpDesk.CustomFields;
using HelpDesk.Database;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.Problems;

namespace HelpDesk.Imports;

/// <summary>What is wrong with a line: a member, and the rule that it breaks.</summary>
internal sealed record LineFault(long Line, string Member, string Rule);

/// <summary>A line as it was read: a ticket as it is kept, or what is wrong with it.</summary>
internal sealed record LineRead(long Line, ImportedTicket? Ticket, IReadOnlyList<LineFault> Faults);

/// <summary>Reads lines, and holds each to all the rules that can be asked of it alone.</summary>
internal sealed class LineReader(CustomFieldValues fields, Instant now)
{
    private const int LongestRef = 200;

    /// <summary>Lines that are blank are left out.</summary>
    public IEnumerable<LineRead> Read(LineChunk chunk)
    {
        var (line, from) = (chunk.FirstLine, 0);
        while (from < chunk.Bytes.Length)
        {
            var end = chunk.Bytes.Span[from..].IndexOf((byte)'\n') is >= 0 and var length ? from + length : chunk.Bytes.Length;
            var bytes = chunk.Bytes[from..end];
            // Some write a mark of the order of bytes before the first.
            if (line == 1 && bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            if (bytes.Span.Trim(" \t\r"u8).Length > 0) yield return Read(line, bytes.Span);
            (line, from) = (line + 1, end + 1);
        }
    }

    private LineRead Read(long line, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<ImportedTicket>(bytes, JsonConventions.Options) ?? throw Refusal.Invalid("$", "must be an object");
            BodyWalk.Refuse(ticket);
            Check(ticket);
            return new(line, AsKept(ticket), []);
        }
        catch (JsonException error)
        {
            var refusal = JsonProblem.From(error);
            return Faulty(line, refusal.Code == "malformed" ? Refusal.Invalid("$", "is not JSON") : refusal);
        }
        catch (Refusal error)
        {
            return Faulty(line, error);
        }
    }

    public static LineRead Faulty(long line, Refusal error) => new(
        line, null, error.Errors is { Count: > 0 } errors ? [.. errors.SelectMany(each => each.Value.Select(rule => new LineFault(line, each.Key, rule)))] : [new(line, "$", error.Message)]);

    private void Check(ImportedTicket ticket)
    {
        var errors = new Dictionary<string, string[]>();
        void Length(string member, string? text, int most)
        {
            if (text is not null && (text.Length > most || string.IsNullOrWhiteSpace(text))) errors.TryAdd(member, [$"must be 1 to {most} characters, not blank"]);
        }

        Length("externalRef", ticket.ExternalRef, LongestRef);
        Length("externalSource", ticket.ExternalSource, LongestRef);
        Length("subject", ticket.Subject, 500);
        Length("channel", ticket.Channel, 50);
        Length("queue", ticket.Queue, 200);
        Length("category", ticket.Category, 200);
        Length("assignee", ticket.Assignee, 200);
        Length("reason", ticket.Reason, 1000);
        Length("requester.email", ticket.Requester.Email, 320);
        Length("requester.name", ticket.Requester.Name, 200);
        if (ticket.Tags?.Count > 100) errors["tags"] = ["must be at most 100"];
        if (ticket.Watchers?.Count > TicketRules.MostWatchers) errors["watchers"] = [$"must be at most {TicketRules.MostWatchers}"];
        if (ticket.CreatedAt > now) errors["createdAt"] = ["must not be in the future"];
        CheckHistory(ticket, errors, Length);
        if (errors.Count == 0) TicketRules.Check(AsRequest(ticket));
        if (errors.Count > 0) throw Refusal.Invalid(errors);
        fields.Check(ticket.CustomFields);
    }

    private void CheckHistory(ImportedTicket ticket, Dictionary<string, string[]> errors, Action<string, string?, int> length)
    {
        var history = ticket.History ?? [];
        if (history.Count > ImportedTicket.MostEntries) errors["history"] = [$"must be at most {ImportedTicket.MostEntries} entries"];
        var before = ticket.CreatedAt;
        for (var index = 0; index < history.Count && errors.Count < 20; index++)
        {
            var (entry, member) = (history[index], $"history[{index}]");
            if (entry.At > now) errors[$"{member}.at"] = ["must not be in the future"];
            else if (entry.At < before) errors[$"{member}.at"] = [index == 0 ? "must not be before createdAt" : "must not be before what stands before it"];
            before = Instant.Max(before, entry.At);
            CheckEntry(entry, member, errors, length);
        }
    }

    private static void CheckEntry(HistoryEntry entry, string member, Dictionary<string, string[]> errors, Action<string, string?, int> length)
    {
        foreach (var (name, isGiven, type) in new (string, bool, HistoryType)[]
        {
            ("author", entry.Author is not null, HistoryType.Message), ("body", entry.Body is not null, HistoryType.Message), ("authorId", entry.AuthorId is not null, HistoryType.Message),
            ("visibility", entry.Visibility is not null, HistoryType.Message), ("automated", entry.Automated is not null, HistoryType.Message),
            ("to", entry.To is not null, HistoryType.Status), ("changes", entry.Changes is not null, HistoryType.Change),
        })
        {
            if (isGiven && entry.Type != type) errors[$"{member}.{name}"] = [$"is for the type {type.Word()} alone"];
            else if (!isGiven && entry.Type == type && name is ("author" or "body" or "to" or "changes")) errors[$"{member}.{name}"] = ["is required"];
        }

        length($"{member}.body", entry.Body, 200_000);
        length($"{member}.authorId", entry.AuthorId, 200);
        if (entry.Changes is not { } changes) return;
        length($"{member}.changes.queue", changes.Queue.Value, 200);
        length($"{member}.changes.category", changes.Category.Value, 200);
        length($"{member}.changes.assignee", changes.Assignee.Value, 200);
        if (changes.Tags.Value?.Count > 100 || changes.Tags.Value?.Any(tag => tag.Length > 100 || string.IsNullOrWhiteSpace(tag)) == true)
        {
            errors[$"{member}.changes.tags"] = ["must be at most 100, each of 1 to 100 characters, not blank"];
        }
    }

    /// <summary>As a ticket that is posted: its rules are the same.</summary>
    private static OpenTicketRequest AsRequest(ImportedTicket ticket) => new(
        ticket.Subject, null, ticket.Requester, null, ticket.Channel, ticket.Queue, ticket.Priority, ticket.Category, ticket.Tags, ticket.CustomFields, ticket.ExternalRef, ticket.CreatedBy,
        Assignee: ticket.Assignee, ExternalSource: ticket.ExternalSource, Watchers: ticket.Watchers);

    private static ImportedTicket AsKept(ImportedTicket ticket) => ticket with
    {
        Subject = ticket.Subject.Trim(),
        Channel = ticket.Channel ?? OpenTicketRequest.DefaultChannel,
        Assignee = Placement.AssigneeOf(ticket.Assignee),
        Tags = [.. (ticket.Tags ?? []).Distinct()],
        Requester = ticket.Requester with { Email = CustomerRules.EmailOf(ticket.Requester.Email), Name = ticket.Requester.Name?.Trim() },
        History = ticket.History ?? [],
    };
}
