using HelpDesk.Database;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddDatabase(builder.Configuration);

var app = builder.Build();

app.MapGet("/health/live", () => Results.Json(new { status = "live" }));

await app.MigrateDatabase();
await app.RunAsync();
