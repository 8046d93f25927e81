# shellcheck shell=bash
# shellcheck disable=SC2154 # pg_bin: postgres.sh
# A desk's database, for PostgreSQL's own programs: the one that ConnectionStrings__HelpDesk (or the file that ConnectionStrings__HelpDesk_FILE names) leads to, else that of
# deploy/run, which must be running. Sourced after ground.sh and postgres.sh.

# The client's programs alone, where the database is somebody else's: it may be on another machine, and this one need not have a server.
# Sets key_home too: the folder of the desk's signing key, empty where nobody has named it.
# shellcheck disable=SC2034 # backup and restore use key_home
find_psql() {
  pg_home=${HELPDESK_DATA:-$root/.data} pg_data=$pg_home/pg
  read_secret ConnectionStrings__HelpDesk
  # A database that is named may be any desk's, and deploy/run's key another's.
  key_home=${HELPDESK_DATA:-}
  if [[ -z ${ConnectionStrings__HelpDesk:-} ]]; then
    key_home=$pg_home
    pg_provide
  elif ! find_clients && { [[ -n ${HELPDESK_POSTGRES:-} ]] || ! apt_install postgresql-client || ! find_clients; }; then
    die "PostgreSQL's programs psql, pg_dump and pg_restore were not found${HELPDESK_POSTGRES:+ in $HELPDESK_POSTGRES}, and cannot be installed from here." \
      "Install them (Debian: sudo apt install postgresql-client), or name their folder in HELPDESK_POSTGRES."
  fi
  PATH=$pg_bin:$PATH
}

# The newest there are: a pg_dump dumps servers of its own version and older ones.
find_clients() {
  local dir
  local -a places
  mapfile -t places < <(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV)
  places+=("$(dirname "$(type -P pg_dump || true)")")
  [[ -z ${HELPDESK_POSTGRES:-} ]] || places=("$HELPDESK_POSTGRES")
  for dir in "${places[@]}"; do
    [[ -x $dir/psql && -x $dir/pg_dump && -x $dir/pg_restore ]] || continue
    pg_bin=$dir
    return
  done
  return 1
}

# After choose_database. pg_dump says it too, in words that name no way out.
check_pg_dump() {
  local server client
  server=$(psql -XAtqc 'show server_version_num') || die "the database does not answer; what it said stands above."
  client=$(pg_dump --version | sed 's/.*) \([0-9]*\).*/\1/')
  ((client >= server / 10000)) || die "the database is PostgreSQL $((server / 10000)), and the pg_dump here, of PostgreSQL $client, cannot dump what is newer than itself." \
    "Install postgresql-client-$((server / 10000)), or name the folder of newer programs in HELPDESK_POSTGRES."
}

# psql takes the words of a .NET connection string one by one, in words of its own. What cannot be said to it is not passed over.
choose_database() {
  if [[ -z ${ConnectionStrings__HelpDesk:-} ]]; then
    [[ -r $pg_data/postmaster.pid ]] || die "no desk runs on $pg_home." "Start it with deploy/run, or name a database in ConnectionStrings__HelpDesk."
    PGHOST=$(sed -n 5p "$pg_data/postmaster.pid") PGPORT=$(sed -n 4p "$pg_data/postmaster.pid") PGUSER=helpdesk PGDATABASE=helpdesk
    export PGHOST PGPORT PGUSER PGDATABASE
    return
  fi
  # Of this shell's own, and stronger than what is said below.
  unset PGHOSTADDR PGSERVICE PGHOST PGPORT PGDATABASE
  local words=$ConnectionStrings__HelpDesk name value
  [[ ! ${words,,} =~ ^[[:space:]]*postgres(ql)?:// ]] ||
    die "ConnectionStrings__HelpDesk is a URI, which neither the desk nor this reads." "Write it as Npgsql has it: Host=…;Port=5432;Username=…;Password=…;Database=…"
  while next_word; do take_word; done
  [[ -n ${PGHOST:-} ]] || die "ConnectionStrings__HelpDesk names no Host."
  split_hosts
  [[ -n ${PGDATABASE:-} ]] || export PGDATABASE="${PGUSER:-$(id -un)}"
  choose_roots
}

# Sets name and value, and takes them off words. As .NET reads them: a value may be in quotes, which it then has twice; spaces around it are not of it.
next_word() {
  local quoted="^(\"(([^\"]|\"\")*)\"|'(([^']|'')*)')[[:space:]]*(;|\$)"
  while [[ $words =~ ^[[:space:]\;] ]]; do words=${words:1}; done
  [[ -n $words ]] || return 1
  [[ $words == *=* ]] || die "ConnectionStrings__HelpDesk cannot be read: something in it has no value."
  name=${words%%=*} words=${words#*=}
  name=${name,,} name=${name//[[:space:]]/}
  while [[ $words =~ ^[[:space:]] ]]; do words=${words:1}; done
  if [[ $words =~ $quoted ]]; then
    value=${BASH_REMATCH[2]//\"\"/\"}
    [[ ${words:0:1} == '"' ]] || value=${BASH_REMATCH[4]//"''"/"'"}
    words=${words:${#BASH_REMATCH[0]}}
  elif [[ $words == [\"\']* ]]; then
    die "ConnectionStrings__HelpDesk cannot be read: the quotes of $name do not end."
  else
    value=${words%%;*} words=${words:${#value}}
    value=${value%"${value##*[![:space:]]}"}
  fi
}

take_word() {
  # Empty is as good as not said.
  [[ -n $value ]] || return 0
  case $name in
    host | server) export PGHOST=$value ;;
    port) export PGPORT=$value ;;
    username | userid | uid) export PGUSER=$value ;;
    password | pwd | psw) export PGPASSWORD=$value ;;
    passfile) export PGPASSFILE=$value ;;
    database | db) export PGDATABASE=$value ;;
    sslmode)
      value=${value,,} value=${value//-/}
      export PGSSLMODE=${value/#verify/verify-}
      ;;
    rootcertificate) export PGSSLROOTCERT=$value ;;
    sslcertificate) export PGSSLCERT=$value ;;
    sslkey) export PGSSLKEY=$value ;;
    sslnegotiation) export PGSSLNEGOTIATION=${value,,} ;;
    channelbinding) export PGCHANNELBINDING=${value,,} ;;
    gssencryptionmode) export PGGSSENCMODE=${value,,} ;;
    kerberosservicename | krbsrvname) export PGKRBSRVNAME=$value ;;
    timeout) export PGCONNECT_TIMEOUT=$value ;;
    options) export PGOPTIONS=$value ;;
    targetsessionattributes)
      value=${value,,} value=${value//-/}
      # libpq has no such preference; what is written to is the primary.
      value=${value/preferprimary/primary} value=${value/preferstandby/prefer-standby} value=${value/readwrite/read-write}
      export PGTARGETSESSIONATTRS=${value/readonly/read-only}
      ;;
    # How the desk uses its connections, not how they are made.
    pooling | *poolsize | connection*idle* | connectionlifetime | connectionpruninginterval | commandtimeout | internalcommandtimeout | cancellationtimeout | *keepalive* | \
      applicationname | includeerrordetail | includefailedbatchedcommand | logparameters | maxautoprepare | autoprepareminusages | noresetonclose | loadbalancehosts | hostrecheckseconds | *buffersize | \
      multiplexing | writecoalescing* | persistsecurityinfo | enlist | arraynullabilitymode | loadtablecomposites | servercompatibilitymode | timezone | *encoding | trustservercertificate | includerealm) ;;
    *) die "the connection string has $name, which PostgreSQL's programs cannot be told from here." "Leave it out for this command, and say what it stands for in libpq's environment (PG…)." ;;
  esac
}

# .NET's host may be several, each with a port of its own; libpq has two lists.
split_hosts() {
  local entry hosts='' ports='' port=${PGPORT:-5432}
  local -a entries
  [[ $PGHOST == *[,:]* ]] || { export PGPORT=$port; return; }
  IFS=',' read -ra entries <<<"$PGHOST"
  for entry in "${entries[@]}"; do
    entry=${entry//[[:space:]]/}
    if [[ $entry =~ ^\[(.*)\](:([0-9]+))?$ || $entry =~ ^([^:/]+)(:([0-9]+))$ ]]; then
      hosts+=,${BASH_REMATCH[1]} ports+=,${BASH_REMATCH[3]:-$port}
    else
      hosts+=,$entry ports+=,$port
    fi
  done
  export PGHOST=${hosts#,} PGPORT=${ports#,}
}

# Where no root is named the desk trusts those of the machine; libpq, whatever stands in the user's own folder, and fails where nothing does.
choose_roots() {
  local roots
  [[ ${PGSSLMODE:-} == verify-* && -z ${PGSSLROOTCERT:-} && ! -e ${HOME:-}/.postgresql/root.crt ]] || return 0
  for roots in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
    [[ -r $roots ]] || continue
    export PGSSLROOTCERT=$roots
    return
  done
  die "the machine's root certificates were not found, and SSL Mode asks for them." "Name the database's in the connection string: Root Certificate=…"
}
