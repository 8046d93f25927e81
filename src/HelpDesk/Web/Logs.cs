using Microsoft.Extensions.Logging.Console;

namespace HelpDesk.Web;

/// <summary>One JSON object a line where machines read the logs, one plain line where people do. Both carry the request's id as a scope.</summary>
internal static class Logs
{
    public static void AddLogs(this ILoggingBuilder logging, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
            return;
        }
        logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";
        });
    }
}
