using HelpDesk.CustomFields;
using HelpDesk.Customers;
using HelpDesk.Web;

namespace HelpDesk.Tickets;

/// <summary>What a ticket's members must be.</summary>
internal static class TicketRules
{
    public const int MostWatchers = 50;

    public static void Check(OpenTicketRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        CheckSubject(request.Subject, errors);
        CheckTags(request.Tags, errors);
        CheckWatchers(request.Watchers, errors);
        CheckSource(request.ExternalSource, request.ExternalRef, errors);
        CheckNotBlank(
            errors, ("channel", request.Channel), ("queue", request.Queue), ("category", request.Category), ("assignee", request.Assignee),
            ("externalRef", request.ExternalRef), ("externalSource", request.ExternalSource));
        KeepableValues.Check(request.CustomFields, errors);
        if (request.Body is { } body && string.IsNullOrWhiteSpace(body)) errors["body"] = ["must not be blank; leave it out for a ticket that nobody waits on"];
        if (request.Requester is { } requester && request.RequesterId is null) Check(requester, errors);
        else if (request.Requester is not null) errors["requester"] = ["must be left out beside requesterId: give one of the two"];
        else if (request.RequesterId is null) errors["requester"] = ["is required: give either requester or requesterId"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    private static void Check(RequesterDefinition requester, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(requester.Email) && string.IsNullOrWhiteSpace(requester.Name))
        {
            errors["requester.email"] = ["is required, unless the customer has a name and cannot be written to"];
        }
        else if (requester.Email is not null)
        {
            CustomerRules.CheckEmail("requester.email", CustomerRules.EmailOf(requester.Email), errors);
        }

        CustomerRules.CheckName("requester.name", requester.Name, errors);
        CustomerRules.CheckLocale("requester.locale", requester.Locale, errors);
        CustomerRules.CheckTimeZone("requester.timeZone", requester.TimeZone, errors);
    }

    public static void CheckSubject(string? subject, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(subject)) errors["subject"] = ["must not be blank"];
        else if (subject.Any(char.IsControl)) errors["subject"] = ["must be one line, without control characters"];
    }

    public static void CheckTags(IReadOnlyList<string>? tags, Dictionary<string, string[]> errors)
    {
        for (var index = 0; index < tags?.Count; index++)
        {
            if (tags[index] is not { Length: >= 1 and <= 100 } tag || string.IsNullOrWhiteSpace(tag)) errors[$"tags[{index}]"] = ["must be 1 to 100 characters, not blank"];
        }
    }

    /// <summary>Blanks would look like nothing, and count as a queue, an agent, a name.</summary>
    public static void CheckNotBlank(Dictionary<string, string[]> errors, params ReadOnlySpan<(string Member, string? Text)> members)
    {
        foreach (var (member, text) in members)
        {
            if (text is not null && string.IsNullOrWhiteSpace(text)) errors[member] = ["must not be blank"];
        }
    }

    public static void CheckWatchers(IReadOnlyList<string>? watchers, Dictionary<string, string[]> errors)
    {
        for (var index = 0; index < watchers?.Count; index++) CustomerRules.CheckEmail($"watchers[{index}]", CustomerRules.EmailOf(watchers[index]), errors);
    }

    /// <summary>As they are kept: in lower case, each once. The requester gets what she is written anyway.</summary>
    public static IReadOnlyList<string> Watchers(IReadOnlyList<string>? given, Requester requester) =>
        [.. (given ?? []).Select(address => CustomerRules.EmailOf(address)!).Distinct().Where(address => address != requester.Email)];

    public static void CheckSource(string? source, string? reference, Dictionary<string, string[]> errors)
    {
        if (source is not null && reference is null) errors["externalSource"] = ["needs an externalRef"];
    }

    public static Refusal NoCustomer(Guid id) => new(
        StatusCodes.Status422UnprocessableEntity, "unknown-customer", "Well-formed, but impossible", $"There is no customer {id}.",
        new Dictionary<string, string[]> { ["requesterId"] = ["must be the id of a customer"] });
}
