using HelpDesk.Access;
using HelpDesk.Calendars;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Policies;
using HelpDesk.Web;

var builder = WebApplication.CreateBuilder(args);

builder.AddWeb();
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddAccess();

var app = builder.Build();

app.UseWeb();
app.UseAccess();

var api = app.MapApi();
api.MapApiKeys();
api.MapCalendars();
api.MapPolicies();
api.MapCommitments();

await app.MigrateDatabase();
await app.RunAsync();
