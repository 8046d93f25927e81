using Npgsql;

namespace HelpDesk.Web.Problems;

/// <summary>Text that JSON and queries can carry and PostgreSQL cannot keep: the character U+0000. Whoever sent it is told so; it is no bug.</summary>
internal static class UnkeepableText
{
    public static bool Caused(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }) return true;
        }
        return false;
    }
}
