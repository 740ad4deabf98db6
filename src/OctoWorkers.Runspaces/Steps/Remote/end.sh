# Ends what a session has started: sh end.sh PROCESS MARK TENTHS. All below PROCESS, and whatever carries MARK in its environment, gets TERM, and KILL after so many tenths of a
# second. It writes a line for each: PID:NAME:SIGNAL, or PID:NAME:left.
ow_own=$$
ow_list() {
  {
    if [ -d /proc/self ]; then
      grep -l "OCTOWORKERS_SESSION=$2" /proc/[0-9]*/environ 2>/dev/null | sed 's|/proc/\([0-9]*\)/.*|mark \1|'
      cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (\(.*\)) \([A-Za-z]\) \([0-9]*\) .*/\1 \4 \3 \2/'
    else
      ps -axEww -o pid= -o command= 2>/dev/null | grep "OCTOWORKERS_SESSION=$2" | sed 's/^ *\([0-9]*\).*/mark \1/'
      ps -A -o pid= -o ppid= -o state= -o comm= 2>/dev/null
    fi
  } | awk -v root="$1" -v own="$ow_own" '
    $1 == "mark" { if ($2 != own) marked[$2] = 1; next }
    { parent[$1] = $2; state[$1] = substr($3, 1, 1); name[$1] = $4; order[++n] = $1 }
    END {
      for (i = 1; i <= n; i++) {
        p = order[i]
        if (state[p] == "Z") continue
        hit = 0
        mine = 0
        for (q = p; q > 1 && q in parent && !mine; q = parent[q]) { if (q == own) mine = 1; if (q == root || q in marked) hit = 1 }
        if (hit && !mine) print p, name[p]
      }
    }'
}
ow_ended=
ow_signal=TERM
[ "$3" -gt 0 ] || ow_signal=KILL
ow_left=$3
while ow_now=$(ow_list "$1" "$2") && [ -n "$ow_now" ]; do
  for ow_pid in $(echo "$ow_now" | awk '{ print $1 }'); do
    if ! echo " $ow_ended" | grep -q " $ow_pid:[^ ]*:$ow_signal "; then
      kill -"$ow_signal" "$ow_pid" 2>/dev/null
      ow_ended="$(echo " $ow_ended" | sed "s| $ow_pid:[^ ]* | |")$ow_pid:$(echo "$ow_now" | awk -v p="$ow_pid" '$1 == p { print $2 }'):$ow_signal "
    fi
  done
  if [ "$ow_left" -le 0 ]; then
    [ "$ow_signal" = KILL ] && [ "$ow_left" -lt -50 ] && break
    ow_signal=KILL
  fi
  ow_left=$((ow_left - 1))
  sleep 0.1
done
for ow_word in $ow_ended; do
  case " $(ow_list "$1" "$2" | awk '{ printf "%s ", $1 }')" in
  *" ${ow_word%%:*} "*) echo "${ow_word%:*}:left" ;;
  *) echo "$ow_word" ;;
  esac
done
