# shellcheck shell=bash
# A private PostgreSQL: found or installed, run by a user it accepts, reached through one Unix socket and nothing else.
# Sourced after ground.sh. pg_prepare sets the rest:
#   pg_home  folder that holds it all      pg_bin   server binaries          pg_as     how to become a user PostgreSQL accepts
#   pg_data  the cluster, $pg_home/pg      pg_log   the server's log         pg_owner  whose files they are, as seen from outside
#   pg_socket  socket folder               pg_pid   the server, once started

pg_port=5432 # Names the socket file; no TCP port is opened.
pg_as=() pg_pid='' pg_ours='' pg_socket=''
pg_options=() # Server options of the caller's, before pg_start.

# pg_prepare HOME [initdb option …]: everything short of starting.
pg_prepare() {
  pg_home=$1 pg_data=$1/pg pg_log=$1/logs/postgresql.log
  shift
  pg_provide
  pg_choose_user
  pg_choose_socket
  install -d -m 700 -o "$pg_owner" "$pg_home/logs" "$pg_socket"
  [[ -d $pg_data ]] || pg_create "$@"
}

# Binaries: the folder named in HELPDESK_POSTGRES, else PATH, else the newest of Debian's. A cluster is served by its own major version alone.
pg_provide() {
  local major=''
  [[ ! -f $pg_data/PG_VERSION ]] || major=$(<"$pg_data/PG_VERSION")
  pg_find "$major" && return
  if [[ -z ${HELPDESK_POSTGRES:-} ]] && pg_install "postgresql${major:+-$major}" && pg_find "$major"; then return; fi
  [[ -z $major ]] || die "the cluster in $pg_data was made by PostgreSQL $major, and no PostgreSQL $major is installed here." \
    "Install it (Debian: apt install postgresql-$major), or name the folder of its binaries in HELPDESK_POSTGRES."
  die "no PostgreSQL server was found${HELPDESK_POSTGRES:+ in $HELPDESK_POSTGRES}, and it cannot be installed from here." \
    "Install it (Debian: sudo apt install postgresql), or name the folder of its binaries in HELPDESK_POSTGRES," \
    "or let deploy/run use a database of yours: ConnectionStrings__HelpDesk='Host=…;Username=…;Password=…;Database=helpdesk'."
}

pg_find() {
  local dir tool
  local -a places=("${HELPDESK_POSTGRES:-}")
  if [[ -z ${HELPDESK_POSTGRES:-} ]]; then
    # What stands on the PATH may be a link (or Debian's wrapper) far from its companions.
    for tool in postgres pg_ctl; do places+=("$(dirname "$(readlink -f "$(type -P "$tool")" || true)")"); done
    mapfile -t -O "${#places[@]}" places < <(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV)
  fi
  for dir in "${places[@]}"; do
    [[ -x $dir/postgres && -x $dir/initdb && -x $dir/pg_ctl && -x $dir/psql ]] || continue
    [[ -z $1 || $("$dir/postgres" --version) =~ \)\ $1[.[:alpha:]] ]] || continue
    pg_bin=$dir
    return
  done
  return 1
}

# Debian's package makes and starts a cluster for the whole machine unless it is told not to. An administrator's own setting stands.
pg_install() {
  local -a as=()
  ((EUID == 0)) || as=(sudo -n)
  # shellcheck disable=SC2016 # expanded by the inner shell
  "${as[@]}" sh -c 'type apt-get >/dev/null && mkdir -p /etc/postgresql-common && cd /etc/postgresql-common &&
    { grep -qs "^ *create_main_cluster" createcluster.conf || echo "create_main_cluster = false" >>createcluster.conf; }' 2>/dev/null &&
    apt_install "$1"
}

# PostgreSQL refuses root. In a user namespace root is somebody else inside and still root outside: the files stay root's and no other user
# can reach the socket. Where namespaces are refused, a real user takes the files over. A cluster stays with whoever made it.
pg_choose_user() {
  local owner=$EUID name
  [[ ! -d $pg_data ]] || owner=$(stat -c %u "$pg_data")
  pg_as=() pg_owner=$owner
  if ((EUID != 0)); then
    ((owner == EUID)) || die "$pg_data belongs to $(stat -c %U "$pg_data"): run this as that user, or choose another folder with HELPDESK_DATA."
    return
  fi
  if ((owner == 0)); then
    pg_as=(unshare --user "--map-user=$(id -u nobody)" "--map-group=$(id -g nobody)" --)
    pg_reaches_home && return
    [[ ! -d $pg_data ]] || die "the cluster in $pg_data is run by root in a user namespace, and that does not work here any more."
    for name in postgres nobody; do ! pg_owner=$(id -u "$name" 2>/dev/null) || break; done
  fi
  name=$(id -un "$pg_owner")
  pg_as=(setpriv --reuid "$pg_owner" --regid "$(id -g "$name")" --init-groups --)
  chmod o+x "$pg_home"
  pg_reaches_home || die "PostgreSQL cannot run as root, and the user $name cannot enter $pg_home." \
    "Run this as an ordinary user, or name a folder that $name can enter (not below a private home) in HELPDESK_DATA."
}

pg_reaches_home() { "${pg_as[@]}" test -x "$pg_home/." 2>/dev/null; }

# A socket's path has less than 108 bytes, and PostgreSQL and Npgsql read commas, quotes and semicolons in it as their own. Where the
# folder's name is longer or richer, a short one under /tmp stands in, the same one on every start.
pg_choose_socket() {
  pg_socket=$pg_home/socket
  [[ $pg_socket =~ ^[A-Za-z0-9/._-]{1,90}$ ]] && return
  pg_socket=/tmp/helpdesk-$EUID-$(printf '%s' "$pg_home" | sha256sum | cut -c1-12)
  # Anybody can make names in /tmp: ours alone will do, and mkdir follows no link.
  mkdir -m 700 "$pg_socket" 2>/dev/null || [[ -d $pg_socket && ! -L $pg_socket && $(stat -c %u "$pg_socket") =~ ^($EUID|$pg_owner)$ ]] ||
    die "$pg_socket, where the database's socket goes, belongs to another user." "Name a folder with a shorter, plainer path in HELPDESK_DATA."
}

# Made aside and renamed, so that a start cut short leaves no half a cluster behind; what such a start left may still be written to.
# C.UTF-8 knows every letter, and no upgrade of the system changes its order under an index.
pg_create() {
  local locale=C.UTF-8 new=$pg_data.new.$$
  [[ $(locale -a 2>/dev/null) == *C.[uU][tT][fF]* ]] || locale=C
  rm -rf "$pg_data".new.* 2>/dev/null || true
  install -d -m 700 -o "$pg_owner" "$new"
  patiently pg initdb -D "$new" --username=postgres --auth-local=trust --auth-host=reject --encoding=UTF8 --locale="$locale" "$@" \
    >"$pg_home/logs/initdb.log" 2>&1 || die "PostgreSQL could not make its cluster:" "$(tail -n 5 "$pg_home/logs/initdb.log")"
  mv "$new" "$pg_data"
}

# Runs one of PostgreSQL's programs as its user and with an environment of its own: neither the caller's PG* variables reach it nor our keys.
# The locks of the script (8, 9) are not inherited: the server may outlive the run that started it.
pg() {
  (
    cd "$pg_home" || exit
    exec env -i PATH="$PATH" HOME=/ LC_ALL=C TZ=UTC PGDATA="$pg_data" "${pg_as[@]}" "$pg_bin/$1" "${@:2}"
  ) 8>&- 9>&-
}

pg_query() { pg psql -XAtq -h "$pg_socket" -p "$pg_port" -U postgres -d postgres -v ON_ERROR_STOP=1 -c "$1"; }

# Takes over a server that a killed run left behind, if it answers, and starts one otherwise.
pg_start() {
  pg_ours=yes
  pg_forget_stranger
  if pg pg_ctl status >/dev/null 2>&1; then
    if pg_query 'select 1' >/dev/null 2>&1; then
      read -r pg_pid <"$pg_data/postmaster.pid"
      say "Took over the PostgreSQL that an earlier run left running (pid $pg_pid)."
      return
    fi
    pg_halt # Its socket is elsewhere (the folder was moved under it), or it is on its way down.
  fi
  pg_launch
}

pg_launch() {
  local options="-k $pg_socket -p $pg_port -c listen_addresses= -c unix_socket_permissions=0700 ${pg_options[*]}" tries
  for ((tries = 1; ; tries++)); do
    pg_rotate_log
    # pg_ctl hands paths to a shell inside double quotes: PGDATA (see pg) and a relative log spare it names that would break out of them.
    patiently pg pg_ctl start -w -t 300 -s -l logs/postgresql.log -o "$options" >/dev/null 2>&1 && break
    # After kill -9 of the server alone its children hold the shared memory for a moment longer.
    if ((tries == 10)) || ! tail -n 5 "$pg_log" | grep -q 'shared memory'; then
      die "PostgreSQL did not start. The end of $pg_log:" "$(tail -n 8 "$pg_log")"
    fi
    patiently sleep 1
  done
  read -r pg_pid <"$pg_data/postmaster.pid"
}

# A folder that came from elsewhere or outlived its container may carry a postmaster.pid whose number now belongs to a stranger, and PostgreSQL
# would wait for that one for ever. A server works inside its cluster: whoever visibly works elsewhere is none.
pg_forget_stranger() {
  local pid place
  [[ -f $pg_data/postmaster.pid ]] && read -r pid <"$pg_data/postmaster.pid" && [[ -d /proc/$pid ]] || return 0
  place=$(readlink "/proc/$pid/cwd" || "${pg_as[@]}" readlink "/proc/$pid/cwd") 2>/dev/null || return 0
  [[ $place == "$(cd "$pg_data" && pwd -P)" ]] || rm "$pg_data/postmaster.pid"
}

pg_alive() { [[ -n $pg_pid ]] && kill -0 "$pg_pid" 2>/dev/null; }

# Stops the server if this run started it or took it over.
pg_stop() {
  [[ -z $pg_ours ]] || pg_halt
  [[ -z $pg_socket || $pg_socket == "$pg_home"/* ]] || rmdir "$pg_socket" 2>/dev/null || true
}

# Ends what is being served and stops; harder where that takes longer than a minute.
pg_halt() {
  pg pg_ctl stop -s -m fast -w -t 60 >/dev/null 2>&1 || pg pg_ctl stop -s -m immediate -w -t 10 >/dev/null 2>&1 || true
  pg_pid=
}

pg_rotate_log() {
  [[ -f $pg_log && $(stat -c %s "$pg_log") -gt 10000000 ]] && mv "$pg_log" "$pg_log.1"
  return 0
}

# pg_connection USER DATABASE prints what Npgsql wants to know.
pg_connection() { printf 'Host=%s;Port=%s;Username=%s;Database=%s' "$pg_socket" "$pg_port" "$1" "$2"; }
