namespace HelpDesk.Web;

/// <summary>What a POST that is to happen once carries, and how its answer says that it was given before.</summary>
internal static class IdempotencyHeaders
{
    public const string Key = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    public const int MostCharacters = 255;
}
