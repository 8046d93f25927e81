using HelpDesk.Calendars;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Web;

namespace HelpDesk.Commitments;

/// <summary>A scripted history as the engine's events.</summary>
internal sealed record RehearsalScript(TicketOpened Opened, Rules Rules, IReadOnlyList<TicketEvent> Events, Instant AsOf);

/// <summary>Reads a script. Every rule it breaks is reported under the member that breaks it.</summary>
internal sealed class RehearsalReading
{
    private static readonly Dictionary<string, string[]> MembersByType = new(StringComparer.Ordinal)
    {
        ["created"] = ["by", "status", "priority", "message", "automated"],
        ["message"] = ["author", "visibility", "automated", "fulfils", "status"],
        ["status"] = ["to"],
        ["priority"] = ["to"],
        ["policy"] = ["policy"],
        ["calendar"] = ["calendar"],
        ["promise"] = ["promisedAt", "words"],
        ["fulfilment"] = ["cycle"],
    };

    private readonly Dictionary<string, string[]> errors = [];
    private readonly List<TicketEvent> events = [];
    private Rules? rules;
    private Priority priority;

    private RehearsalReading()
    {
    }

    public static RehearsalScript Read(RehearsalRequest request)
    {
        var reading = new RehearsalReading();
        if (request.Events is not { } script) throw Refusal.Invalid("events", "is required, or tickets in its place");
        if (request.Days is not null) reading.errors["days"] = ["is for tickets alone"];
        var first = reading.ReadRules(request);
        reading.CheckOrder(script, request.AsOf);
        reading.ThrowIfWrong();
        reading.rules = first;
        var opened = reading.Created(script[0]);
        for (var index = 1; index < script.Count; index++) reading.Add(script[index], $"events[{index}].");
        reading.ThrowIfWrong();
        return new RehearsalScript(opened, first!, reading.events, request.AsOf ?? script[^1].At);
    }

    /// <summary>The rules to try, whatever they are tried on.</summary>
    public static Rules RulesOf(RehearsalRequest request)
    {
        var reading = new RehearsalReading();
        var rules = reading.ReadRules(request);
        reading.ThrowIfWrong();
        return rules!;
    }

    private Rules? ReadRules(RehearsalRequest request)
    {
        var calendar = Given(request.Calendar, "calendar") is { } hours ? CalendarReading.TryRead(hours, "calendar.", errors) : null;
        if (Given(request.Policy, "policy") is not { } policy) return null;
        var terms = PolicyReading.TryRead(policy, "policy.", errors);
        LadderRules.Check(policy, "policy.", errors);
        return errors.Count > 0 ? null : new Rules(terms!, calendar!, 1);
    }

    private void CheckOrder(IReadOnlyList<RehearsalEvent> script, Instant? asOf)
    {
        for (var index = 0; index < script.Count; index++)
        {
            var happened = script[index];
            if (happened is null)
            {
                errors[$"events[{index}]"] = ["must not be null"];
                ThrowIfWrong();
            }

            CheckMembers(happened!, $"events[{index}].");
            if (index == 0 && happened!.Type != "created") errors["events[0].type"] = ["must be created: a history begins with its ticket"];
            if (index > 0 && happened!.Type == "created") errors[$"events[{index}].type"] = ["must not be created: a ticket is made once"];
            if (index > 0 && happened!.At < script[index - 1].At) errors[$"events[{index}].at"] = ["must not lie before the event above it"];
        }

        if (asOf < script[^1].At) errors["asOf"] = ["must not lie before the last event"];
    }

    private void CheckMembers(RehearsalEvent happened, string path)
    {
        if (!MembersByType.TryGetValue(happened.Type, out var allowed))
        {
            errors[path + "type"] = [$"must be one of {string.Join(", ", MembersByType.Keys)}"];
            return;
        }

        (string Member, bool IsGiven)[] given =
        [
            ("by", happened.By is not null), ("status", happened.Status is not null), ("priority", happened.Priority is not null),
            ("message", happened.Message is not null), ("author", happened.Author is not null), ("visibility", happened.Visibility is not null),
            ("automated", happened.Automated is not null), ("to", happened.To is not null), ("policy", happened.Policy is not null),
            ("calendar", happened.Calendar is not null), ("promisedAt", happened.PromisedAt is not null), ("words", happened.Words is not null),
            ("fulfils", happened.Fulfils is not null), ("cycle", happened.Cycle is not null),
        ];
        foreach (var (member, _) in given.Where(item => item.IsGiven && !allowed.Contains(item.Member)))
        {
            errors[path + member] = [$"does not belong to an event of type {happened.Type}"];
        }
    }

    private TicketOpened Created(RehearsalEvent happened)
    {
        priority = happened.Priority ?? Priority.Normal;
        return new TicketOpened(
            happened.At, happened.By ?? Author.Customer, happened.Status ?? TicketStatus.New, priority, happened.Message ?? true, happened.Automated ?? false);
    }

    private void Add(RehearsalEvent happened, string path)
    {
        switch (happened.Type)
        {
            case "message" when Required(happened.Author, path + "author") is { } author:
                events.Add(new MessagePosted(
                    happened.At, author, happened.Visibility ?? Visibility.Public, happened.Automated ?? false, happened.Fulfils));
                if (happened.Status is { } after) events.Add(new StatusChanged(happened.At, after));
                break;
            case "status" when Word<TicketStatus>(happened.To, path + "to") is { } status:
                events.Add(new StatusChanged(happened.At, status));
                break;
            case "priority" when Word<Priority>(happened.To, path + "to") is { } changed:
                priority = changed;
                events.Add(new Reclassified(happened.At, priority, rules, "priority"));
                break;
            case "policy" when Given(happened.Policy, path + "policy") is { } policy:
                var terms = PolicyReading.TryRead(policy, path + "policy.", errors) ?? rules!.Policy;
                LadderRules.Check(policy, path + "policy.", errors);
                rules = rules! with { Policy = terms, PolicyVersion = rules.PolicyVersion + 1 };
                events.Add(new Reclassified(happened.At, priority, rules, "policy"));
                break;
            case "calendar" when Given(happened.Calendar, path + "calendar") is { } hours:
                rules = rules! with { Calendar = CalendarReading.TryRead(hours, path + "calendar.", errors) ?? rules.Calendar };
                events.Add(new Reclassified(happened.At, priority, rules, "calendar"));
                break;
            case "promise" when Required(happened.PromisedAt, path + "promisedAt") is { } promisedAt:
                if (promisedAt <= happened.At) errors[path + "promisedAt"] = ["must lie ahead"];
                events.Add(new CallbackPromised(happened.At, promisedAt, happened.Words ?? ""));
                break;
            case "fulfilment" when Required(happened.Cycle, path + "cycle") is { } cycle:
                events.Add(new CallbackFulfilled(happened.At, cycle));
                break;
        }
    }

    private T? Required<T>(T? given, string member)
        where T : struct
    {
        if (given is null) errors[member] = ["is required"];
        return given;
    }

    private T? Given<T>(T? given, string member)
        where T : class
    {
        if (given is null) errors[member] = ["is required"];
        return given;
    }

    private T? Word<T>(string? given, string member)
        where T : struct, Enum
    {
        if (given is not null && Words<T>.TryParse(given, out var value)) return value;
        errors[member] = [given is null ? "is required" : Words<T>.Rule];
        return null;
    }

    private void ThrowIfWrong()
    {
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }
}
