using System.Runtime.InteropServices;

namespace HelpDesk.Web;

/// <summary>
/// Gives memory back to the machine once a desk has grown quiet: after its start, or after a rush. Neither the collector nor the C library does so while next to nothing is asked of
/// them, and what they hold is then several times what lives.
/// </summary>
internal sealed class IdleMemory(TimeProvider machine) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    /// <summary>What the compiler of methods used stays with the C library (glibc) otherwise. Null for others, which have nothing to call.</summary>
    private static readonly MallocTrim? Trim = FindTrim();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var quiet = new Quiet();
        using var timer = new PeriodicTimer(Look, machine);
        while (await Next(timer, stoppingToken))
        {
            var (isQuiet, isWorthIt) = quiet.Look(GC.GetTotalAllocatedBytes());
            // All that runs stands still meanwhile, for some hundredths of a second.
            if (isWorthIt) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            // The compiler of methods is not done yet when all else is quiet.
            if (isQuiet) Trim?.Invoke(0);
        }
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static MallocTrim? FindTrim() => NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out var trim)
        ? Marshal.GetDelegateForFunctionPointer<MallocTrim>(trim) : null;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MallocTrim(nint pad);

    /// <summary>Tells from how much was ever allocated whether a desk is quiet.</summary>
    internal sealed class Quiet
    {
        /// <summary>In bytes between two looks. A desk at which nothing happens allocates about a tenth of that.</summary>
        public const long Rush = 8 << 20;

        /// <summary>In bytes since the last time: what can be gained at most.</summary>
        public const long Worth = 4 << 20;

        private long before;
        private long atLast;

        /// <param name="allocated">In bytes, since the process began.</param>
        public (bool IsQuiet, bool IsWorthIt) Look(long allocated)
        {
            var isQuiet = allocated - before < Rush;
            before = allocated;
            if (!isQuiet || allocated - atLast < Worth) return (isQuiet, false);
            atLast = allocated;
            return (true, true);
        }
    }
}
