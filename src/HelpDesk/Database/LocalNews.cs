namespace HelpDesk.Database;

/// <summary>Counts what was changed on this server, so that what is remembered of it here is looked after at once. Other servers look of themselves.</summary>
internal abstract class LocalNews
{
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <summary>After the commit: who looks before it would find what was there.</summary>
    public void Note() => RequestTransaction.AfterCommit(() => Interlocked.Increment(ref count));
}
