using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Database;

internal static class RowLock
{
    /// <summary>
    /// Holds a row until the transaction ends, before it is read to be changed: of two changes at once the later one builds on the earlier one, and a stale
    /// If-Match is seen as such. A row that is not there is no error here.
    /// </summary>
    public static Task Hold(this HelpDeskDb db, string table, Guid id, CancellationToken cancel) =>
#pragma warning disable EF1002 // The table is named by the code that calls, never by a request.
        db.Database.ExecuteSqlRawAsync($"select from {table} where id = {{0}} for update", [id], cancel);
#pragma warning restore EF1002
}
