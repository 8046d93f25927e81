using HelpDesk.Time;

namespace HelpDesk.LongWork;

/// <summary>Rung when long work was asked for, so that it begins at once.</summary>
internal sealed class LongWorkBell : Bell;
