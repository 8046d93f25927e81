# shellcheck shell=bash
# What deploy/run itself must know, and the application may be told by its arguments as well as by the environment.

# settings_from ARGUMENT …: exports those settings as the environment has them. Read as .NET reads arguments: --Key=value, --Key value, /Key=value,
# Key=value, in any case; the last one counts, and before the environment.
settings_from() {
  local key value
  while (($# > 0)); do
    key=$1
    shift
    if [[ $key == *=* ]]; then
      value=${key#*=} key=${key%%=*}
    elif [[ $key == --* || $key == /* ]] && (($# > 0)); then
      value=$1
      shift
    else
      continue
    fi
    key=${key#--} key=${key#/}
    case ${key,,} in
      urls) export ASPNETCORE_URLS=$value ;;
      environment) export ASPNETCORE_ENVIRONMENT=$value ;;
      connectionstrings:helpdesk) export ConnectionStrings__HelpDesk=$value ;;
      access:adminkey) export Access__AdminKey=$value ;;
      mail:host) export Mail__Host=$value ;;
      mail:port) export Mail__Port=$value ;;
      mail:folder) export Mail__Folder=$value ;;
    esac
  done
}
