using HelpDesk.Web.Pages;

namespace HelpDesk.Advisories;

/// <summary>What pages for people say around advisories, in one language.</summary>
/// <param name="Title">Of all of them together.</param>
/// <param name="Since">Stands before the date since when one holds.</param>
public sealed record AdvisoryWords(string Title, string Since)
{
    private static readonly AdvisoryWords InEnglish = new("Notices", "Since");
    private static readonly AdvisoryWords InFinnish = new("Tiedotteet", "Alkoi");
    private static readonly AdvisoryWords InTurkish = new("Duyurular", "Başlangıç:");

    public static AdvisoryWords Of(PageLanguage language) => language.Of(InEnglish, InFinnish, InTurkish);
}
