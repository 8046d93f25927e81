namespace HelpDesk.Access;

/// <summary>Where a script that posts without a form puts the session's mark.</summary>
internal static class FormHeader
{
    public const string Name = "X-CSRF-Token";
}
