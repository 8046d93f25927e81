# shellcheck shell=bash
# shellcheck disable=SC2154 # pg_bin: postgres.sh
# A desk's database, for PostgreSQL's own programs: the one that ConnectionStrings__HelpDesk names, else that of deploy/run, which must be running.
# Sourced after ground.sh and postgres.sh.

find_psql() {
  pg_home=${HELPDESK_DATA:-$root/.data} pg_data=$pg_home/pg
  pg_provide
  PATH=$pg_bin:$PATH
}

# psql takes the words of a .NET connection string one by one.
choose_database() {
  if [[ -z ${ConnectionStrings__HelpDesk:-} ]]; then
    [[ -r $pg_data/postmaster.pid ]] || die "no desk runs on $pg_home." "Start it with deploy/run, or name a database in ConnectionStrings__HelpDesk."
    PGHOST=$(sed -n 5p "$pg_data/postmaster.pid") PGPORT=$(sed -n 4p "$pg_data/postmaster.pid") PGUSER=helpdesk PGDATABASE=helpdesk
    export PGHOST PGPORT PGUSER PGDATABASE
    return
  fi
  local part name value
  local -a parts
  IFS=';' read -ra parts <<<"$ConnectionStrings__HelpDesk"
  for part in "${parts[@]}"; do
    name=${part%%=*} value=${part#*=}
    name=${name,,} && name=${name//[[:space:]]/}
    case $name in
      host | server) export PGHOST=$value ;;
      port) export PGPORT=$value ;;
      username | userid | user) export PGUSER=$value ;;
      password) export PGPASSWORD=$value ;;
      database) export PGDATABASE=$value ;;
      sslmode) export PGSSLMODE=${value,,} ;;
      *) [[ -z $name ]] || say "Passed over in the connection string: $name" ;;
    esac
  done
}
