# shellcheck shell=bash
# What the scripts of deploy/ stand on: how they speak, wait, install and build. Sourced, never run.
# Sets: root (this repository), with_us, child (the process being waited for, if any).

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
child=

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT="${DOTNET_CLI_TELEMETRY_OPTOUT:-1}"
# Compilers that stay up for the next build would outlive the command; whoever wants them says UseSharedCompilation=true.
export UseSharedCompilation="${UseSharedCompilation:-false}" MSBUILDDISABLENODEREUSE="${MSBUILDDISABLENODEREUSE:-1}"
# Letters, dates and mails are written in the customer's language, which invariant mode cannot.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0

# A reader that has gone (a closed pipe) must not keep anything from being stopped.
say() { printf '%s\n' "$*" >&2 || true; }
die() {
  say "deploy/${0##*/}: $1"
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2 || true
  exit 1
}

# read_secret VARIABLE: what the file says that VARIABLE_FILE names, as the application reads it.
read_secret() {
  local named=$1_FILE
  [[ -n ${!named:-} ]] || return 0
  [[ -z ${!1:-} ]] || die "$1 and $named are both set: leave one out."
  [[ -r ${!named} ]] || die "$named names the file ${!named}, which cannot be read."
  printf -v "$1" %s "$(<"${!named}")"
  export "${1?}"
  unset "$named"
}

# Runs a long command so that a signal is answered at once: bash handles none while it waits for a foreground command. Job control gives it
# a process group, so that all of it can be ended, and only by us; fds 8 and 9 are the locks of the scripts and not for others to hold.
patiently() {
  local code=0
  set -m
  "$@" </dev/null 8>&- 9>&- &
  child=$!
  set +m
  wait "$child" || code=$?
  child=
  return "$code"
}

end_child() {
  local i
  [[ -n $child ]] && kill -TERM -- "-$child" 2>/dev/null || return 0
  for ((i = 0; i < 50; i++)); do
    kill -0 -- "-$child" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$child" 2>/dev/null || true
}

# Put before a command: should this script be killed outright, the kernel tells the command to stop, where setpriv can ask for that.
# shellcheck disable=SC2034 # the scripts use it
with_us=()
# shellcheck disable=SC2034
! setpriv --pdeathsig TERM true 2>/dev/null || with_us=(setpriv --pdeathsig TERM)

# A signal ends the script by way of its EXIT trap, with the exit code shells give (128 and the signal's number).
end_on_signals() {
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap '' PIPE
}

# A script started with "&" by another has SIGINT ignored, and bash cannot trap what was ignored when it began: begin again.
hear_sigint() {
  local ignored
  ignored=$(sed -n 's/^SigIgn:[[:space:]]*//p' /proc/$$/status 2>/dev/null) || return 0
  if ((16#${ignored:-0} & 2)) && env --default-signal=INT true 2>/dev/null; then
    exec env --default-signal=INT "$BASH" "$0" "$@"
  fi
}

# Installs Debian packages where that asks nobody anything: as root, or with a sudo that wants no password.
apt_install() {
  local -a as=()
  type -P apt-get >/dev/null || return 1
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || return 1
    as=(sudo -n)
  fi
  as+=(env DEBIAN_FRONTEND=noninteractive)
  local -a install=("${as[@]}" apt-get -qq -y --no-install-recommends -o Dpkg::Options::=--force-confold install "$@")
  say "Installing $* with apt …"
  # Lists may be absent (images drop them) or older than the mirror: then once more with fresh ones.
  patiently "${install[@]}" >/dev/null 2>&1 && return
  patiently "${as[@]}" apt-get -qq update >&2 || true
  patiently "${install[@]}" >&2
}

# The installers' usual places count too: a fresh install is often not on the PATH yet.
find_dotnet() {
  local dir
  for dir in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    type -P dotnet >/dev/null && return
    [[ ! -x $dir/dotnet ]] || PATH=$PATH:$dir
  done
  type -P dotnet >/dev/null || die "the .NET SDK $(wanted_sdk) is not installed." \
    "Get it from https://dotnet.microsoft.com/download and see that dotnet is on the PATH."
}

# What a build needs: the SDK that global.json asks for, and ICU, without which .NET does not start.
check_sdk() {
  local answer
  answer=$(cd "$root" && dotnet --version 2>&1) && return
  if [[ $answer == *ICU* ]]; then
    install_icu || die "the ICU library, which .NET needs for languages and dates, is not installed." "On Debian: apt install libicu-dev"
    answer=$(cd "$root" && dotnet --version 2>&1) && return
  fi
  die "the .NET here cannot build HelpDesk, which needs the SDK $(wanted_sdk). It says:" "${answer//$'\n'/$'\n  '}"
}

wanted_sdk() {
  local version
  version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  printf '%s (or a later %s)' "$version" "${version%.*}"
}

# The package is named after ICU's version, which every Debian release changes.
install_icu() {
  local package
  package=$(apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -n 1)
  apt_install "${package:-libicu-dev}"
}

# NuGet and the SDK keep things under HOME; a bare service account or container may have none that can be written.
need_home() {
  [[ -n ${HOME:-} && -w $HOME ]] && return
  export HOME=$1/home
  mkdir -p "$HOME"
}

# Two builds of one checkout would write the same obj folders: one waits for the other. Fd 8 is the lock, on the folder
# of the scripts: it is there anyway, and .NET respects locks on the files that it reads.
one_build_at_a_time() {
  exec 8<"$root/deploy"
  flock -n 8 && return
  say "Another build of this checkout is running; waiting for it …"
  until flock -n 8; do patiently sleep 0.5; done
}
build_done() { exec 8<&-; }

# What a shell has set for a live desk is not for a throw-away one, nor for the tests: they would take it for their own configuration.
forget_live_settings() {
  local name
  for name in $(compgen -e); do
    case $name in
      ASPNETCORE_* | DOTNET_ENVIRONMENT | ConnectionStrings__* | Access__* | Sandbox__* | Jobs__* | Mail__* | Messages__* | Desk__* | RateLimits__* | Cors__* | Tickets__* | Attachments__* | Deliveries__*) unset "$name" ;;
    esac
  done
}
