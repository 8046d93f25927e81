using HelpDesk.Commitments;
using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>What work on tickets needs.</summary>
internal sealed class TicketDesk(
    NpgsqlDataSource database, TicketReader reader, Letters letters, TemplateShelf templates, TimeProvider machine, MailBell mailBell, SweepBell sweepBell, DeskSettings settings,
    PromiseMeter meter)
{
    public NpgsqlDataSource Database => database;

    public PromiseMeter Meter => meter;

    public DeskSettings Settings => settings;

    public TicketReader Reader => reader;

    public Letters Letters => letters;

    public TemplateShelf Templates => templates;

    public MailBell MailBell => mailBell;

    public SweepBell SweepBell => sweepBell;

    public Instant MachineNow => machine.GetCurrentInstant();

    /// <summary>For <see cref="Since"/>.</summary>
    public long Stopwatch => machine.GetTimestamp();

    public Duration Since(long start) => Duration.FromTimeSpan(machine.GetElapsedTime(start));
}
