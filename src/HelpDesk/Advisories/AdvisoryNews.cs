using HelpDesk.Database;

namespace HelpDesk.Advisories;

/// <summary>Of advisories.</summary>
internal sealed class AdvisoryNews : LocalNews;
