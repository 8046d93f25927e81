using HelpDesk.Database;

namespace HelpDesk.Calendars;

/// <summary>Of calendars and policies.</summary>
internal sealed class RulesNews : LocalNews;
