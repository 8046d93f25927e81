using HelpDesk.Database;
using HelpDesk.Database.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Tests.Database.Later;

[DbContext(typeof(HelpDeskDb))]
[Migration("9001_rooms")]
internal sealed class M9001Rooms : SqlMigration;

[DbContext(typeof(HelpDeskDb))]
[Migration("9002_rooms_found")]
internal sealed class M9002RoomsFound : SqlMigration;
