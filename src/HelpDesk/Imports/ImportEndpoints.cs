using HelpDesk.Access;
using HelpDesk.LongWork;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.Imports;

internal static class ImportEndpoints
{
    public static IServiceCollection AddImports(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ImportOptions.Read(configuration)).AddSingleton<ImportUploads>().AddSingleton<ChunkPreparation>().AddSingleton<ImportTickets>()
        .AddSingleton(new LongWorkKind(ImportTickets.Kind, (provider, id, now, cancel) => provider.GetRequiredService<ImportTickets>().Step(id, now, cancel)) { Forgetting = ImportTickets.Forgetting });

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").About("Imports", "Tickets with their histories, in and out: lines of JSON, one for each ticket.");
        imports.MapPost("/", PostImport.Handle).RequireScope(Scopes.Admin).WithOwnIdempotencyKey()
            .Accepts<ImportedTicket>(ImportBody.Lines[0], [.. ImportBody.Lines[1..], ImportBody.Gzip])
            .WithMetadata(new UploadSize(api.ServiceProvider.GetRequiredService<ImportOptions>().MaxBytes));
        api.MapGroup("/exports").WithTags("Imports").MapGet("/", ExportTickets.Handle).RequireScope(Scopes.Admin).WithFilters(TicketFilter.All)
            .Produces<ImportedTicket>(StatusCodes.Status200OK, ImportBody.Lines[0]);
    }

    private sealed record UploadSize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
