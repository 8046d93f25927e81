using HelpDesk.Access;
using HelpDesk.Advisories;
using HelpDesk.Agents;
using HelpDesk.Applications;
using HelpDesk.Attachments;
using HelpDesk.Calendars;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Catalogue;
using HelpDesk.Channels;
using HelpDesk.CustomFields;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Dossiers;
using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Events.Feed;
using HelpDesk.FollowUps;
using HelpDesk.Idempotency;
using HelpDesk.Imports;
using HelpDesk.Inbound;
using HelpDesk.Jobs;
using HelpDesk.LongWork;
using HelpDesk.Ops;
using HelpDesk.Organisations;
using HelpDesk.Policies;
using HelpDesk.PromisePages;
using HelpDesk.Queues;
using HelpDesk.Recovery;
using HelpDesk.Rehearsals;
using HelpDesk.Reports;
using HelpDesk.Sandbox;
using HelpDesk.Templates;
using HelpDesk.TicketPages;
using HelpDesk.Tickets;
using HelpDesk.Web.Settings;
using HelpDesk.Web;
using HelpDesk.Web.Health;
using HelpDesk.Web.Metrics;
using HelpDesk.Web.OpenApi;
using HelpDesk.Web.Pages;
using HelpDesk.Webhooks;

WrongConfiguration.EndsInOneLine();
if (await UsagePage.Asked(args) || await HealthQuestion.Asked(args) || await ReferencePage.Asked(args)) return;
var (isMigration, settings) = MigrateCommand.Read(args);
var builder = StartFailure.Read(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddSecretFiles();

builder.AddWeb();
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddHostedService<IdleMemory>();
builder.Services.AddAccess(builder.Configuration, signs: !isMigration);
builder.Services.AddIdempotency();
builder.Services.AddAttachments(builder.Configuration);
builder.Services.AddDelivery(builder.Configuration);
builder.Services.AddPolicies();
builder.Services.AddAdvisories();
builder.Services.AddHolidayFeeds(builder.Configuration);
builder.Services.AddCatalogue(builder.Configuration);
builder.Services.AddSingleton(KnownQueues.Read(builder.Configuration));
builder.Services.AddTickets(builder.Configuration);
builder.Services.AddInbound(builder.Configuration);
builder.Services.AddEscalation(builder.Configuration);
builder.Services.AddFollowUps();
builder.Services.AddTemplates();
builder.Services.AddFeed(builder.Configuration);
builder.Services.AddWebhooks(builder.Configuration);
builder.Services.AddReports(builder.Configuration);
builder.Services.AddPromisePages(builder.Configuration);
builder.Services.AddTicketPages();
builder.Services.AddLongWork();
builder.Services.AddApplications();
builder.Services.AddImports(builder.Configuration);
builder.Services.AddRehearsals(builder.Configuration);
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddOps();
builder.Services.AddSandbox(builder.Configuration, builder.Environment);

var app = builder.Build();
UnknownKeys.Tell(app);
if (isMigration)
{
    await MigrateCommand.Run(app);
    await Patiently(app.Services.PrepareEngine);
    return;
}

app.UseWeb();
app.UseAccess();
app.UseIdempotency();

app.MapWelcome().AllowPublic();
app.MapHealth().AllowPublic();
app.MapDocument().AllowPublic();
app.MapPageAssets().AllowPublic();
app.MapOptOut().AllowPublic();
app.MapPromisePages();
app.MapTicketPages().AllowPublic();
app.MapOps().AllowPublic();
if (app.Configuration.FiguresArePublic()) app.MapFigures()?.AllowPublic();
else app.MapFigures()?.RequireScope(Scopes.Admin).OpenToFiguresKey(app.Configuration);

var api = app.MapApi();
api.MapTickets();
api.MapAttachments();
api.MapRecoveries();
api.MapEscalation();
api.MapCustomers();
api.MapDossiers();
api.MapChannels();
api.MapInbound();
api.MapOrganisations();
api.MapQueues();
api.MapAgents();
api.MapCustomFields();
api.MapPolicies();
api.MapAdvisories();
api.MapCatalogue();
api.MapReports();
api.MapApplications();
api.MapRehearsals();
api.MapCalendars();
api.MapImports();
api.MapLongWork();
api.MapRecurringJobs();
api.MapDeliveries();
api.MapTemplates();
api.MapFeed();
api.MapWebhooks();
api.MapAudit();
api.MapApiKeys();
api.MapSandbox();

if (!DocumentRun.IsOn)
{
    await SchemaVersion.Reach(app.Services, app.Lifetime.ApplicationStopping);
    await Patiently(cancel => SigningKeyLog.Note(app.Services, cancel));
    await Patiently(app.Services.PrepareEngine);
    await Patiently(app.Services.GetRequiredService<FeedEra>().Settle);
    await Patiently(cancel => SandboxClock.KeepRealTimeOut(app.Services, cancel));
}

await StartFailure.Serve(app);

Task Patiently(Func<CancellationToken, Task> step) => PatientStart.Do(app.Services, step, app.Lifetime.ApplicationStopping);
