using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

[DbContext(typeof(HelpDeskDb))]
[Migration("0031_recurring_jobs")]
internal sealed class M0031RecurringJobs : SqlMigration;
