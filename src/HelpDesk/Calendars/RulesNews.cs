using HelpDesk.Database;

namespace HelpDesk.Calendars;

/// <summary>Counts what was changed of calendars and policies on this server, so that what is remembered of them here is looked after at once. Other servers look of themselves.</summary>
internal sealed class RulesNews
{
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>After the commit: who looks before it would find what was there.</summary>
    public void Note() => RequestTransaction.AfterCommit(() => Interlocked.Increment(ref count));
}
