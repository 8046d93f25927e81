using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

[DbContext(typeof(HelpDeskDb))]
[Migration("0033_import_seen")]
internal sealed class M0033ImportSeen : SqlMigration;
