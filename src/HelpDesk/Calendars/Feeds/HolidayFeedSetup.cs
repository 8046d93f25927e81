namespace HelpDesk.Calendars.Feeds;

internal static class HolidayFeedSetup
{
    public static IServiceCollection AddHolidayFeeds(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(HolidayFeedSettings.Read(configuration))
        .AddSingleton<HolidayFeedBell>()
        .AddSingleton<FeedFetch>()
        .AddScoped<TakeReading>()
        .AddSingleton<ReadHolidayFeeds>();
}
