using System.Globalization;
using Hangfire;
using Hangfire.Dashboard;
using HelpDesk.Access;

namespace HelpDesk.Jobs.Engine;

/// <summary>The engine's own pages. Who comes so far has been let in already, and what is posted has been looked at: the pages only have to carry the session's mark.</summary>
internal static class HangfireDashboard
{
    private static readonly Func<RazorPage, MenuItem> SignOut = _ => new("Sign out", "/ops/sign-out");

    /// <summary>With a way back to the operators' view, for whom that is; others look and press nothing.</summary>
    public static RequestDelegate Build(IApplicationBuilder app, string address, JobStorage storage)
    {
        AddSignOut();
        var (forOperators, forOthers) = (Build(app.New(), address, storage, "/ops"), Build(app.New(), address, storage, null));
        return http => (MayPress(http) ? forOperators : forOthers)(http);
    }

    private static RequestDelegate Build(IApplicationBuilder app, string address, JobStorage storage, string? back)
    {
        var options = new DashboardOptions
        {
            DashboardTitle = "HelpDesk jobs",
            AppPath = back,
            DisplayStorageConnectionString = false,
            StatsPollingInterval = 5000,
            Authorization = [],
            // The door refuses what she would press: without its buttons the page does not lead her there.
            IsReadOnlyFunc = context => !MayPress(context.GetHttpContext()),
        };
        // The pages are in the language that they say they are in: without this, in the invariant one.
        app.Use((http, next) =>
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            return next(http);
        });
        return app.UsePathBase(address).UseMiddleware<AspNetCoreDashboardMiddleware>(storage, options, DashboardRoutes.Routes, true).Build();
    }

    private static bool MayPress(HttpContext http) => Caller.Of(http.User)?.May(Scopes.Admin) == true;

    /// <summary>The engine keeps its menu for the whole process, in which there may be several desks.</summary>
    private static void AddSignOut()
    {
        lock (NavigationMenu.Items)
        {
            if (!NavigationMenu.Items.Contains(SignOut)) NavigationMenu.Items.Add(SignOut);
        }
    }
}
