# shellcheck shell=bash
# Asks an http:// address for its status code, with bash alone: neither a bare machine nor the container image has curl.

# http_target URL sets host, port and path; fails for what is not plain http over TCP. Wildcard hosts become the loopback address.
http_target() {
  [[ $1 =~ ^[hH][tT][tT][pP]://(\[([0-9a-fA-F:]+)\]|([^/:]+))(:([0-9]+))?(/.*)?$ ]] || return 1
  host=${BASH_REMATCH[2]:-${BASH_REMATCH[3]}} port=${BASH_REMATCH[5]:-80} path=${BASH_REMATCH[6]:-/}
  case $host in
    '*' | + | 0.0.0.0) host=127.0.0.1 ;;
    ::) host=::1 ;;
    unix) return 1 ;;
  esac
}

# http_status URL prints the status code, or 000 where nothing answers within five seconds.
http_status() {
  local host port path code=
  http_target "$1" || return 1
  code=$(
    exec 2>/dev/null
    exec 3<>"/dev/tcp/$host/$port" || exit
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "localhost" >&3
    read -r -t 5 _ line _ <&3 && printf '%s' "$line"
  ) || true
  printf '%s' "${code:-000}"
}

# Whether something already listens there.
http_taken() {
  local host port path
  http_target "$1" || return 1
  (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null
}
