namespace HelpDesk.Time;

/// <summary>
/// Something that this server knows of the database. Whether it is still so is asked at most once in a <see cref="Patience"/>, whoever reads: what has only aged is looked after by one,
/// while the others take it as it is; what is known to be wrong, by everybody. So a change on any server is seen by all within that, and one on this server at once.
/// </summary>
/// <param name="news">Counts what this server has changed of it; null where it changes nothing.</param>
internal sealed class AgingShelf<T>(TimeProvider machine, Func<int>? news = null)
    where T : class
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile Entry? entry;
    private int refreshing;

    private sealed record Entry(T Value, long ReadAt, int News);

    /// <summary>As it was last read, be it ever so old; null before that.</summary>
    public T? Known => entry?.Value;

    /// <summary>Null where the caller is to look after it, by <see cref="Refresh"/>, and must.</summary>
    /// <param name="holds">Whether it is right as far as the caller knows.</param>
    public T? Good(Predicate<T>? holds = null)
    {
        if (entry is not { } known || known.News != Count || holds?.Invoke(known.Value) == false) return null;
        var age = machine.GetElapsedTime(known.ReadAt);
        var hasAged = age >= Patience || age < TimeSpan.Zero;
        return !hasAged || Interlocked.Exchange(ref refreshing, 1) == 1 ? known.Value : null;
    }

    /// <param name="look">Given what was known; it may say the same again.</param>
    public async ValueTask<T> Refresh(Func<T?, ValueTask<T>> look)
    {
        try
        {
            // Taken before it is read: what changes meanwhile is read again.
            var (count, at) = (Count, machine.GetTimestamp());
            var value = await look(entry?.Value);
            entry = new(value, at, count);
            return value;
        }
        finally
        {
            Volatile.Write(ref refreshing, 0);
        }
    }

    private int Count => news?.Invoke() ?? 0;
}
