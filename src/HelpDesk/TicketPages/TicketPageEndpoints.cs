using HelpDesk.Attachments;
using HelpDesk.Web;
using HelpDesk.Web.Pages;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.TicketPages;

/// <summary>A ticket's page for its customer, and what she sends from it.</summary>
internal static class TicketPageEndpoints
{
    public static void AddTicketPages(this IServiceCollection services)
    {
        services.AddSingleton<FormProof>();
        services.AddSingleton<ReplyLimit>();
        services.AddSingleton<PagePromises>();
        services.AddSingleton<PageAdvisories>();
        services.AddScoped<PageExplanations>();
        services.AddScoped<PageDoor>();
        services.AddScoped<PageWriter>();
    }

    public static IEndpointConventionBuilder MapTicketPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/t/{token}");
        pages.MapGet("/", ShowTicketPage.Handle);
        pages.MapPost("/", PostReply.Handle).WithoutIdempotencyKey().WithMetadata(new ReplySize(app.ServiceProvider.GetRequiredService<AttachmentOptions>().MaxRequestBytes));
        pages.MapGet("/files/{fileId:guid}", DownloadPageFile.Handle);
        return pages.ServesPages();
    }

    private sealed record ReplySize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
