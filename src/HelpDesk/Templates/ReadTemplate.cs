using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Templates;

internal static class ReadTemplate
{
    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        QueryFilter.Of<MessageKind>("kind", "Only templates of this kind; several are alternatives."),
        new("locale", "Only templates in exactly this locale; several are alternatives.", Example: "sv"),
        QueryFilter.Of<DeliveryChannel>("channel", "Only templates for this channel alone; several are alternatives."),
    ];

    /// <summary>Read a template</summary>
    public static async Task<Ok<TemplateResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var (template, version) = await Find(db, id, cancel);
        http.SetETag(template.RowVersion);
        return TypedResults.Ok(TemplateResponse.Of(template, version));
    }

    /// <summary>List the stored templates</summary>
    /// <remarks>Oldest first. Those that come with the desk are at /v1/templates/defaults.</remarks>
    public static async Task<Paged<TemplateResponse>> HandleAll(Page page, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = Current(db).AsNoTracking();
        var kinds = Words<MessageKind>.FromQuery(http.Request, "kind");
        if (kinds.Length > 0) rows = rows.Where(row => kinds.Contains(row.Template.Kind));
        var locales = QueryValues.Texts(http.Request, "locale").Select(TemplateRules.Canonical).ToArray();
        if (locales.Length > 0) rows = rows.Where(row => locales.Contains(row.Template.Locale));
        DeliveryChannel?[] channels = [.. Words<DeliveryChannel>.FromQuery(http.Request, "channel")];
        if (channels.Length > 0) rows = rows.Where(row => channels.Contains(row.Template.Channel));
        if (page.After(out Guid last)) rows = rows.Where(row => row.Template.Id > last);
        var found = await rows.OrderBy(row => row.Template.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(row => TemplateResponse.Of(row.Template, row.Version))], template => template.Id);
    }

    /// <summary>List a template's versions</summary>
    /// <remarks>The newest first. A version never changes.</remarks>
    public static async Task<Paged<TemplateResponse>> HandleVersions(Guid id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var template = await db.Set<Template>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("template");
        var versions = db.Set<TemplateVersion>().AsNoTracking().Where(row => row.TemplateId == id);
        if (page.After(out int last)) versions = versions.Where(row => row.Version < last);
        var found = await versions.OrderByDescending(row => row.Version).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(version => TemplateResponse.Of(template, version))], row => row.Version);
    }

    public static async Task<(Template Template, TemplateVersion Version)> Find(HelpDeskDb db, Guid id, CancellationToken cancel)
    {
        var found = await Current(db).FirstOrDefaultAsync(row => row.Template.Id == id, cancel) ?? throw Refusal.NotFound("template");
        return (found.Template, found.Version);
    }

    private static IQueryable<CurrentTemplate> Current(HelpDeskDb db) =>
        from template in db.Set<Template>()
        where template.DeletedAt == null
        join version in db.Set<TemplateVersion>() on new { template.Id, template.Version } equals new { Id = version.TemplateId, version.Version }
        select new CurrentTemplate { Template = template, Version = version };

    private sealed class CurrentTemplate
    {
        public required Template Template { get; init; }

        public required TemplateVersion Version { get; init; }
    }
}
