using HelpDesk.Access;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Database;

/// <summary>
/// The desk's one database. Tables, columns and enums are named by <see cref="Conventions"/>; each entity's table lies beside it. What these make is written out in <c>Compiled</c> by
/// <c>deploy/model</c>, so that no start makes it anew; the filters of <see cref="QueueSight"/> are put on that.
/// </summary>
internal sealed class HelpDeskDb(DbContextOptions<HelpDeskDb> options) : DbContext(options)
{
    /// <summary>The queues that the request under way is held to; null for all.</summary>
#pragma warning disable CA1822 // EF looks anew at each query at members of the context alone.
    public IReadOnlyList<string>? QueuesInSight => Caller.QueuesInSight;
#pragma warning restore CA1822

    protected override void OnModelCreating(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(HelpDeskDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) => Conventions.Configure(conventions);
}
