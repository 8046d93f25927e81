using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

[DbContext(typeof(HelpDeskDb))]
[Migration("0009_moved_messages")]
internal sealed class M0009MovedMessages : SqlMigration;
