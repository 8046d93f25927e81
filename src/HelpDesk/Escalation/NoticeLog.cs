using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Escalation;

/// <summary>A notice about to be written.</summary>
internal sealed record NewNotice(
    Guid Id, Person Person, long TicketId, Guid CommitmentId, Guid PromiseId, NoticeWhy Why, string Step, Instant CreatedAt, Instant DueAt, Instant SendAt);

internal static class NoticeLog
{
    /// <summary>All of them in one command. Of one promise nobody is told twice for the same cause, whatever asks for it: a second notice is none.</summary>
    public static NpgsqlBatchCommand Append(IReadOnlyList<NewNotice> notices)
    {
        var command = new NpgsqlBatchCommand(
            """
            insert into notices (id, person, agent_id, ticket_id, commitment_id, promise_id, why, step, created_at, due_at, send_at)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict on constraint notices_once do nothing
            """);
        new Columns<NewNotice>(command.Parameters, notices)
            .Uuid(row => row.Id)
            .Text(row => row.Person.Key)
            .Uuid(row => row.Person.AgentId)
            .Bigint(row => row.TicketId)
            .Uuid(row => row.CommitmentId)
            .Uuid(row => row.PromiseId)
            .Text(row => row.Why.Word())
            .Text(row => row.Step)
            .Instant(row => row.CreatedAt)
            .Instant(row => row.DueAt)
            .Instant(row => row.SendAt);
        return command;
    }
}
