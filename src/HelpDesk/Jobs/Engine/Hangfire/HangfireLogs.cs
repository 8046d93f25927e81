using Hangfire.Logging;
using HelpDesk.Web.Problems;
using Microsoft.Extensions.Logging.Abstractions;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace HelpDesk.Jobs.Engine;

/// <summary>
/// The engine's words in the desk's log. It keeps its loggers for the whole process, which may outlive the desk that brought them. While the database is away it says so again and
/// again, with stack traces; the jobs say it once.
/// </summary>
internal sealed class HangfireLogs(ILoggerFactory loggers) : ILogProvider
{
    public ILog GetLogger(string name)
    {
        try
        {
            return new Log(loggers.CreateLogger(name));
        }
        catch (ObjectDisposedException)
        {
            return new Log(NullLogger.Instance);
        }
    }

    private sealed class Log(ILogger log) : ILog
    {
        bool ILog.Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception)
        {
            var level = exception is not null && DatabaseAway.Caused(exception) ? LogLevel.Debug : Of(logLevel);
            if (messageFunc is null || !log.IsEnabled(level)) return log.IsEnabled(level);
            log.Log(level, exception, "{Message}", messageFunc());
            return true;
        }

        private static LogLevel Of(Hangfire.Logging.LogLevel level) => level switch
        {
            Hangfire.Logging.LogLevel.Trace => LogLevel.Trace,
            Hangfire.Logging.LogLevel.Debug => LogLevel.Debug,
            Hangfire.Logging.LogLevel.Info => LogLevel.Information,
            Hangfire.Logging.LogLevel.Warn => LogLevel.Warning,
            Hangfire.Logging.LogLevel.Error => LogLevel.Error,
            _ => LogLevel.Critical,
        };
    }
}
