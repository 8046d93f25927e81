using HelpDesk.Database;
using HelpDesk.Policies;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Advisories;

/// <summary>What an advisory must be.</summary>
internal static class AdvisoryRules
{
    /// <summary>Those that are not over are read at once, by every sweep.</summary>
    public const int MostAtOnce = 100;

    private const int MostTexts = 50;
    private const int LongestTitle = 200;
    private const int LongestBody = 2000;

    /// <summary>The definition as it is kept, or a refusal naming the members.</summary>
    public static AdvisoryDefinition Read(AdvisoryDefinition given, Instant now)
    {
        var errors = new Dictionary<string, string[]>();
        var texts = new Dictionary<string, AdvisoryText>(StringComparer.OrdinalIgnoreCase);
        foreach (var (locale, text) in given.Texts)
        {
            var member = $"texts.{locale}";
            if (!Locales.IsKnown(locale)) errors[member] = [Locales.Rule];
            else if (text is null) errors[member] = ["must not be null"];
            else if (!texts.TryAdd(locale, Trimmed(text, member, errors))) errors[member] = ["stands there twice, in another case"];
        }

        if (given.Texts.Count is 0 or > MostTexts) errors["texts"] = [$"must have a text in at least one language, in at most {MostTexts}"];
        PolicyReading.CheckConditions(given.When, "when", errors);
        var from = given.From ?? now;
        if (given.Until <= from) errors["until"] = ["must be later than from"];
        return errors.Count == 0 ? given with { Texts = texts, From = from } : throw Refusal.Invalid(errors);
    }

    private static AdvisoryText Trimmed(AdvisoryText given, string member, Dictionary<string, string[]> errors)
    {
        var text = new AdvisoryText(given.Title.Trim(), given.Body.Trim().ReplaceLineEndings("\n"));
        if (text.Title.Length is 0 or > LongestTitle) errors[$"{member}.title"] = [$"must be 1 to {LongestTitle} characters, not all of them blank"];
        else if (text.Title.Any(IsNoText)) errors[$"{member}.title"] = ["must be one line, without control characters"];
        if (text.Body.Length is 0 or > LongestBody) errors[$"{member}.body"] = [$"must be 1 to {LongestBody} characters, not all of them blank"];
        else if (text.Body.Any(letter => letter is not ('\n' or '\t') && IsNoText(letter))) errors[$"{member}.body"] = ["must be text, without control characters"];
        return text;
    }

    private static bool IsNoText(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    /// <summary>Advisories are written by one transaction at a time, so that there are never more than <see cref="MostAtOnce"/> that are not over.</summary>
    public static Task Lock(HelpDeskDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('helpdesk.advisories'))", cancel);

    /// <summary>Within the transaction that saves it, under the lock.</summary>
    public static async Task RefuseTooMany(HelpDeskDb db, Advisory written, Instant now, CancellationToken cancel)
    {
        if (written.IsOver(now)) return;
        var others = await db.Set<Advisory>().CountAsync(row => row.Id != written.Id && (row.Until == null || row.Until > now), cancel);
        if (others >= MostAtOnce) throw Refusal.Conflict("too-many-advisories", $"There are {others} advisories that are not over, as many as there may be. End or delete one first.");
    }
}
