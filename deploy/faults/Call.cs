using System.Text.Json.Nodes;

namespace HelpDesk.Faults;

/// <summary>One thing that the script asked of the desk, however often it had to ask, and the answer it got in the end.</summary>
/// <param name="Id">Its X-Request-Id, and of a POST the Idempotency-Key.</param>
/// <param name="Number">How many calls were begun up to it.</param>
/// <param name="What">What was asked: open, reply, write, note, status, promise, merge.</param>
/// <param name="Ticket">The ticket it was about; 0 where it made one.</param>
/// <param name="Mark">Words that stand in what it wrote, and nowhere else.</param>
/// <param name="Status">The answer's; 0 where none came.</param>
/// <param name="Attempts">How often it was asked.</param>
/// <param name="Replayed">The answer says that it had been given before.</param>
/// <param name="Answer">The body of a success.</param>
internal sealed record Call(string Id, int Number, string What, long Ticket, string? Mark, int Status, int Attempts, bool Replayed, JsonNode? Answer)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
