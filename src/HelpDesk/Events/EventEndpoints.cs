using HelpDesk.Access;
using HelpDesk.Events.Feed;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.OpenApi;

namespace HelpDesk.Events;

internal static class EventEndpoints
{
    public static IServiceCollection AddFeed(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(FeedOptions.Read(configuration)).AddSingleton<FeedEra>().AddSingleton<FeedReader>().AddSingleton<FeedTail>()
            .Configure<OpenApiOptions>(OpenApiSetup.Document, options => options.AddDocumentTransformer(EventDocument.Describe));

    public static void MapFeed(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events").About("Events", "Every change of the desk, for those who follow it: page by page, or as it happens.");
        events.MapGet("/", ReadFeed.Handle).WithFilters(ReadFeed.Filters).Produces<FeedPage>().WithGone().RequireScope(Scopes.EventsRead);
        events.MapGet("/stream", ListenToFeed.Handle).WithFilters(ListenToFeed.Filters)
            .Produces<string>(contentType: "text/event-stream").WithGone().RequireScope(Scopes.EventsRead);
    }

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").About("Audit", "Who did what, when, and what changed. For the administrators of the desk.");
        audit.MapGet("/", ListAudit.Handle).WithFilters(ListAudit.Filters).RequireScope(Scopes.Admin);
    }
}
