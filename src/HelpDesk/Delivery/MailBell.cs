using HelpDesk.Time;

namespace HelpDesk.Delivery;

/// <summary>Rung when a message was queued, so that it leaves at once.</summary>
internal sealed class MailBell : Bell;
