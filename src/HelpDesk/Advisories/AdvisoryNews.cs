using HelpDesk.Database;

namespace HelpDesk.Advisories;

/// <summary>Counts what was changed of advisories on this server, so that what is remembered of them here is looked after at once. Other servers look of themselves.</summary>
internal sealed class AdvisoryNews
{
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>After the commit: who looks before it would find what was there.</summary>
    public void Note() => RequestTransaction.AfterCommit(() => Interlocked.Increment(ref count));
}
