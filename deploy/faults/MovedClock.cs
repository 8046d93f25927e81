using System.IO.MemoryMappedFiles;

namespace HelpDesk.Faults;

/// <summary>
/// The machine's clock and an offset that stands in a file which several processes have mapped: setting it moves all their clocks at once, as an
/// administrator or a time server would. Timers and time stamps go on as they are.
/// </summary>
internal sealed class MovedClock : TimeProvider, IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;

    public MovedClock(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        view = file.CreateViewAccessor();
    }

    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(view.ReadInt64(0));
        set => view.Write(0, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
