using System.Globalization;
using Hangfire;
using Hangfire.Dashboard;
using HelpDesk.Access;

namespace HelpDesk.Jobs.Engine;

/// <summary>The engine's own pages. Who comes so far has been let in already, and what is posted has been looked at: the pages only have to carry the session's mark.</summary>
internal static class HangfireDashboard
{
    public static RequestDelegate Build(IApplicationBuilder app, string address, JobStorage storage)
    {
        var options = new DashboardOptions
        {
            DashboardTitle = "HelpDesk jobs",
            AppPath = "/ops",
            DisplayStorageConnectionString = false,
            StatsPollingInterval = 5000,
            Authorization = [],
            // Whoever may not do everything is not let in today; should that change, she may look and no more.
            IsReadOnlyFunc = context => Caller.Of(context.GetHttpContext().User)?.May(Scopes.Admin) != true,
        };
        // The pages are in the language that they say they are in: without this, in the invariant one.
        app.Use((http, next) =>
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            return next(http);
        });
        return app.UsePathBase(address).UseMiddleware<AspNetCoreDashboardMiddleware>(storage, options, DashboardRoutes.Routes, true).Build();
    }
}
