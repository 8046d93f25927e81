using HelpDesk.Time;

namespace HelpDesk.Webhooks;

/// <summary>Rung when events were queued for webhooks, or there is room to send more.</summary>
internal sealed class WebhookBell : Bell;
