# Service messages: attributes are base64 of UTF-8.

encode_servicemessagevalue() {
  if command -v base64 >/dev/null; then printf %s "$1" | base64 | tr -d '\n'; else printf %s "$1" | openssl enc -base64 -A; fi
}

decode_servicemessagevalue() {
  if command -v base64 >/dev/null; then printf %s "$1" | base64 -d; else printf %s "$1" | openssl enc -base64 -A -d; fi
}

set_octopusvariable() { # name value [-sensitive]
  local sensitive=
  if [ "${3-}" = -sensitive ]; then sensitive=" sensitive='$(encode_servicemessagevalue True)'"; fi
  printf "##octopus[setVariable name='%s' value='%s'%s]\n" "$(encode_servicemessagevalue "$1")" "$(encode_servicemessagevalue "${2-}")" "$sensitive"
}

new_octopusartifact() { # path [name]; the file is collected when the script has ended
  local path=$1 length=
  case $path in /*) ;; *) path=$PWD/$path ;; esac
  if [ -f "$path" ]; then length=" length='$(encode_servicemessagevalue "$(($(wc -c <"$path")))")'"; fi
  printf "##octopus[createArtifact path='%s' name='%s'%s]\n" "$(encode_servicemessagevalue "$path")" "$(encode_servicemessagevalue "${2:-${path##*/}}")" "$length"
}

fail_step() { # [message]
  if [ -n "${1-}" ]; then printf "##octopus[resultMessage message='%s']\n" "$(encode_servicemessagevalue "$1")"; fi
  exit 1
}

update_progress() { # percentage [message]
  printf "##octopus[progress percentage='%s' message='%s']\n" "$(encode_servicemessagevalue "$1")" "$(encode_servicemessagevalue "${2-}")"
}

__ow_write() { printf '##octopus[stdout-%s]\n%s\n##octopus[stdout-default]\n' "$1" "$2"; }
write_verbose() { __ow_write verbose "$*"; }
write_highlight() { __ow_write highlight "$*"; }
write_wait() { __ow_write wait "$*"; }
write_warning() { __ow_write warning "$*"; }
