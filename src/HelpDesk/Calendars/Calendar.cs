using System.Text.Json;
using HelpDesk.Time;
using HelpDesk.Web.Json;

namespace HelpDesk.Calendars;

/// <summary>A calendar under its name. Its definition is in its versions, which never change.</summary>
internal sealed class Calendar
{
    private Calendar()
    {
    }

    public Calendar(string name, Instant now)
    {
        Id = Ids.New(now);
        Name = name;
        CreatedAt = UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public int Version { get; private set; } = 1;

    public long RowVersion { get; private set; } = 1;

    public Instant CreatedAt { get; private set; }

    public Instant UpdatedAt { get; private set; }

    public Instant? DeletedAt { get; private set; }

    /// <summary>Of the holidays of its version those that were given to it, see <see cref="HolidaySources"/>.</summary>
    public List<string> OwnHolidays { get; private set; } = [];

    /// <summary>Those that were uploaded.</summary>
    public List<string> ImportedHolidays { get; private set; } = [];

    public void Take(HolidaySources sources) => (OwnHolidays, ImportedHolidays) = ([.. sources.Own], [.. sources.Imported]);

    public CalendarVersion FirstVersion(CalendarDefinition definition) => new(Id, Version, definition, CreatedAt);

    /// <summary>The next version, or null when only the name changed.</summary>
    public CalendarVersion? Change(CalendarDefinition from, CalendarDefinition to, Instant now)
    {
        Name = to.Name!;
        UpdatedAt = now;
        RowVersion++;
        if (CalendarVersion.Write(from) == CalendarVersion.Write(to)) return null;
        Version++;
        return new CalendarVersion(Id, Version, to, now);
    }

    public void Delete(Instant now)
    {
        DeletedAt = now;
        UpdatedAt = now;
        RowVersion++;
    }
}

/// <summary>One version of a calendar's definition. Written once.</summary>
internal sealed class CalendarVersion
{
    private CalendarVersion()
    {
    }

    public CalendarVersion(Guid calendarId, int version, CalendarDefinition definition, Instant now)
    {
        CalendarId = calendarId;
        Version = version;
        Definition = Write(definition);
        CreatedAt = now;
    }

    public Guid CalendarId { get; private set; }

    public int Version { get; private set; }

    /// <summary>The definition without its name, as JSON.</summary>
    public string Definition { get; private set; } = "";

    public Instant CreatedAt { get; private set; }

    public CalendarDefinition Read() => Read(Definition);

    public static CalendarDefinition Read(string json) => JsonSerializer.Deserialize<CalendarDefinition>(json, JsonConventions.Options)!;

    public static string Write(CalendarDefinition definition) => JsonSerializer.Serialize(definition with { Name = null }, JsonConventions.Options);
}
