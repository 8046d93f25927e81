using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>What work on tickets needs.</summary>
internal sealed class TicketDesk(
    NpgsqlDataSource database, TicketReader reader, Letters letters, TemplateShelf templates, TimeProvider machine, MailBell mailBell, SweepBell sweepBell, DeskSettings settings)
{
    public NpgsqlDataSource Database => database;

    public DeskSettings Settings => settings;

    public TicketReader Reader => reader;

    public Letters Letters => letters;

    public TemplateShelf Templates => templates;

    public MailBell MailBell => mailBell;

    public SweepBell SweepBell => sweepBell;

    public Instant MachineNow => machine.GetCurrentInstant();
}
