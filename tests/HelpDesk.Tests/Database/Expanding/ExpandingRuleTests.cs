namespace HelpDesk.Tests.Database.Expanding;

/// <summary>What the rule lets through, and what it stops.</summary>
internal sealed class ExpandingRuleTests
{
    private const string Alone = "-- Outside a transaction.\n";
    private const string Table = "create table rooms (id bigint primary key);";

    private static IReadOnlyList<string> Faults(string sql, string id = "0035_rooms") => ExpandingRule.Faults(id, sql, "0034_signing_keys");

    [TestCase(Table)]
    [TestCase("create table rooms (id bigint primary key, ticket_id bigint not null references tickets on delete cascade, room_id bigint references rooms);")]
    [TestCase("create table rooms (id bigint primary key, ticket_id bigint references tickets (id) on delete set null);")]
    [TestCase(Table + " create index rooms_by_name on rooms (id); alter table rooms add name text not null check (name <> ''); create unique index rooms_once on rooms (id); insert into rooms values (1); drop index rooms_by_name;")]
    [TestCase(Table + " create trigger rooms_are_counted after insert on rooms for each row execute function count_room();")]
    [TestCase("alter table tickets add room text;")]
    [TestCase("alter table tickets add column if not exists room text not null default '', add floor integer default -1 not null, add open boolean default false;")]
    [TestCase("alter table tickets add rooms text[] not null default '{}', add more jsonb not null default '{}'::jsonb;")]
    [TestCase("alter table tickets validate constraint tickets_rooms; alter table tickets set (fillfactor = 80); alter table tickets alter column room set statistics 1000;")]
    [TestCase("create function room_of(ticket bigint) returns text language sql as $$ select 'drop table tickets; ' || ticket $$;")]
    [TestCase("-- drop table tickets;\n/* drop table\n tickets; */ comment on table tickets is 'drop table tickets;';")]
    [TestCase(Alone + "drop index concurrently if exists tickets_by_room;\ncreate index concurrently tickets_by_room on tickets (room);\n")]
    [TestCase("-- Safe: old servers write no room, and null is let through.\nalter table tickets add constraint tickets_rooms check (room <> '') not valid;")]
    [TestCase("-- Safe: it says the same, quicker.\ncreate or replace function ticket_mark(name text) returns bigint language sql as $$ select 1 $$;")]
    [TestCase(Alone + "drop index concurrently if exists tickets_once;\n-- Safe: only new servers write rooms.\ncreate unique index concurrently tickets_once on tickets (room) where room is not null;\n")]
    public void It_lets_through(string sql) => Assert.That(Faults(sql), Is.Empty);

    [TestCase("drop table tickets;", "old servers use it")]
    [TestCase("DROP TABLE IF EXISTS tickets CASCADE;", "old servers use it")]
    [TestCase("alter table tickets drop column queue;", "old servers use it")]
    [TestCase("alter table tickets drop queue;", "old servers use it")]
    [TestCase("alter table tickets add room text, drop column queue;", "old servers use it")]
    [TestCase("alter table tickets rename queue to room;", "by its name")]
    [TestCase("alter table tickets rename to cases;", "by its name")]
    [TestCase("alter table tickets alter column queue set not null;", "leave it out")]
    [TestCase("alter table tickets alter queue drop default;", "leave it out")]
    [TestCase("alter table tickets alter column queue type varchar(10);", "by its type")]
    [TestCase("alter table tickets alter id set data type integer;", "by its type")]
    [TestCase("alter table tickets add room text not null;", "give it a default")]
    [TestCase("alter table tickets add room uuid not null default gen_random_uuid();", "no constant")]
    [TestCase("alter table tickets add made timestamptz default clock_timestamp();", "no constant")]
    [TestCase("alter table tickets add room text generated always as (queue || 'x') stored;", "written anew")]
    [TestCase("alter table tickets add number bigint generated always as identity;", "written anew")]
    [TestCase("alter table tickets add room text check (room <> '');", "not valid")]
    [TestCase("alter table tickets add room bigint references rooms;", "not valid")]
    [TestCase("alter table tickets add room text unique;", "not valid")]
    [TestCase("alter table tickets add constraint tickets_rooms check (room <> '');", "not valid")]
    [TestCase("alter table tickets add unique (room);", "not valid")]
    [TestCase("alter table tickets add constraint tickets_rooms check (room <> '') not valid;", "holds old servers")]
    [TestCase("-- Safe: so it seems.\nalter table tickets add constraint tickets_rooms foreign key (room) references rooms;", "not valid")]
    [TestCase("-- Safe: so it seems.\n\nalter table tickets add constraint tickets_rooms check (room <> '') not valid;", "holds old servers")]
    [TestCase("-- Safe: nobody reads it.\nalter table tickets drop column queue;", "old servers use it")]
    [TestCase("-- Safe: the first alone.\nalter table tickets drop constraint a; alter table tickets drop constraint b;", "not be able to read")]
    [TestCase("alter table tickets drop constraint tickets_status_check;", "not be able to read")]
    [TestCase("alter table tickets alter queue drop not null;", "not be able to read")]
    [TestCase("alter table tickets alter queue set default 'all';", "what old servers write")]
    [TestCase("create index tickets_by_room on tickets (room);", "stops writers")]
    [TestCase("create index concurrently tickets_by_room on tickets (room);", "in a transaction")]
    [TestCase(Alone + "create index concurrently tickets_by_room on tickets (room);\n", "drop it before")]
    [TestCase(Alone + "drop index concurrently if exists tickets_once;\ncreate unique index concurrently tickets_once on tickets (room);\n", "once")]
    [TestCase(Alone + "alter table tickets add room text;\n", "outside a transaction")]
    [TestCase("drop index tickets_by_queue;", "stops writers")]
    [TestCase(Alone + "drop index concurrently tickets_by_queue;\n", "to be quick")]
    [TestCase("create table rooms (id bigint primary key, ticket_id bigint references tickets);", "delete from tickets")]
    [TestCase("create table rooms (id bigint primary key, foreign key (id) references tickets (id) on update cascade);", "delete from tickets")]
    [TestCase("update tickets set queue = 'all';", "after it is not in it")]
    [TestCase("delete from tickets;", "after it is not in it")]
    [TestCase("create trigger t after insert on tickets for each row execute function f();", "what old servers write")]
    [TestCase("drop trigger t on tickets;", "what old servers write")]
    [TestCase("create or replace function ticket_mark(name text) returns bigint language sql as $$ select 1 $$;", "use it too")]
    [TestCase("drop function ticket_mark(text);", "use it")]
    [TestCase("do $$ begin drop table tickets; end $$;", "cannot be read")]
    [TestCase("truncate tickets;", "nothing is known")]
    [TestCase("alter table tickets enable row level security;", "nothing is known")]
    [TestCase("create table fine (id int); drop table tickets", "old servers use it")]
    public void It_stops(string sql, string why) => Assert.That(Faults(sql), Has.Count.EqualTo(1).And.Some.Contains(why));

    [Test]
    public void What_takes_away_is_let_through_where_it_says_so_to_servers_and_to_people()
    {
        const string Sql = "-- Contracts: queues are rooms now. Unused since version 0.2.0.\nalter table tickets drop column queue;";
        Assert.That(Faults(Sql, "0036_no_queues_needs_0034"), Is.Empty);
        Assert.That(Faults(Sql, "0036_no_queues"), Has.Count.EqualTo(1).And.Some.Contains("its name must end"));
        Assert.That(Faults("alter table tickets drop column queue;", "0036_no_queues_needs_0034"), Has.Count.EqualTo(1).And.Some.Contains("must begin with"));
        Assert.That(Faults("-- Contracts: queues are rooms now.\nalter table tickets drop column queue;", "0036_no_queues_needs_0034"), Has.Count.EqualTo(1).And.Some.Contains("must begin with"));
    }

    [Test]
    public void What_a_version_takes_away_the_one_before_has_stopped_using() => Assert.That(
        Faults("-- Contracts: queues are rooms now. Unused since version 0.2.0.\nalter table tickets drop column queue;", "0036_no_queues_needs_0035"),
        Has.Count.EqualTo(1).And.Some.Contains("which the release before does not know"));

    [Test]
    public void Also_what_takes_away_stops_no_writers() => Assert.That(
        Faults("-- Contracts: queues are rooms now. Unused since version 0.2.0.\ndrop index tickets_by_queue;", "0036_no_queues_needs_0034"), Has.Count.EqualTo(1).And.Some.Contains("stops writers"));
}
