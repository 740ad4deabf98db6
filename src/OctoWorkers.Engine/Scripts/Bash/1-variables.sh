# What a script written for Octopus finds in Bash. This text is evaluated before the script, so it defines functions and little else.
# octopus_parameters, where bash has associative arrays (4 and newer), and otherwise __ow_variables hold the variables.

get_octopusvariable() { # name; exactly this one, else one that differs in case only; nothing where there is none
  [ -n "${1-}" ] || return 0
  if [ "${BASH_VERSINFO[0]}" -lt 4 ]; then
    __ow_find_variable "$1"
    return
  fi
  if [ -n "${octopus_parameters[$1]+set}" ]; then
    printf %s "${octopus_parameters[$1]}"
    return
  fi
  local name
  for name in "${!octopus_parameters[@]}"; do
    if [ "${name,,}" = "${1,,}" ]; then
      printf %s "${octopus_parameters[$name]}"
      return
    fi
  done
}

__ow_find_variable() { # name; every line of __ow_variables is ['NAME']='VALUE', with line feeds as $'\n'
  local quote="'" quoted="'\\''" feed=$'\n' fed="'\$'\\n''" name rest
  name=${1//$quote/$quoted}
  name=${name//$feed/$fed}
  rest=${__ow_variables#*"$feed['$name']="}
  [ "$rest" != "$__ow_variables" ] || return 0
  eval "printf %s ${rest%%"$feed"*}"
}
