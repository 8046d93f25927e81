using HelpDesk.Delivery;

namespace HelpDesk.Commitments.Explaining;

/// <summary>To whom something is explained: in which language, with dates in which zone, and whether it is the customer, who is told nothing that is the desk's alone.</summary>
internal sealed record Telling(Language Language, DateTimeZone Zone, bool ForCustomer = false);
