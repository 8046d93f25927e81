using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.Support;

/// <summary>Remembers what was logged, with the scopes it was logged in.</summary>
internal sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<Line> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<Line> Lines => lines;

    public IEnumerable<Line> Errors => lines.Where(line => line.Level >= LogLevel.Error);

    public void Clear() => lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    internal sealed record Line(LogLevel Level, string Category, string Text, Exception? Error, string Scopes);

    private sealed class Logger(LogLines log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var around = new List<string>();
            log.scopes.ForEachScope((scope, list) => list.Add(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}:{pair.Value}")) : $"{scope}"), around);
            log.lines.Enqueue(new(logLevel, category, formatter(state, exception), exception, string.Join(' ', around)));
        }
    }
}
