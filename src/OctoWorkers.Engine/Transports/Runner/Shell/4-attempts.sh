# ---- attempts ----

ow_make() { # slots ahead, many with one process
  ow_new=0 ow_folders= ow_pipes= ow_groups=
  while [ $ow_new -lt "$1" ]; do
    ow_new=$((ow_new + 1)) ow_made=$((ow_made + 1))
    ow_folders="$ow_folders s.$ow_tag.$ow_made s.$ow_tag.$ow_made/w" ow_pipes="$ow_pipes s.$ow_tag.$ow_made/p1 s.$ow_tag.$ow_made/p2 s.$ow_tag.$ow_made/p3"
    [ -z "$ow_base" ] || ow_groups="$ow_groups $ow_base/octoworkers-$ow_tag-$ow_made"
  done
  mkdir $ow_folders $ow_groups && mkfifo $ow_pipes
}

ow_supervise() { # words of start after INPUT; ow_x ow_slot ow_group ow_ticket ow_input
  # Not to hold the channel's pipe lets its writer see the end when the shell that reads commands is killed.
  exec </dev/null >/dev/null 2>&1 4>&- 6<>"$ow_slot/p1" 7>"$ow_slot/p1" 8<>"$ow_slot/p2" 9>"$ow_slot/p2"
  trap '' HUP
  ow_feed
  if [ -n "$ow_ahead" ]; then
    ow_read
    (read -r ow_main ow_rest </proc/self/stat; echo "i $ow_main $ow_reader1 $ow_reader2 $ow_feeder" >>"$ow_slot/i"; ow_step "$@")
    ow_code=$?
  else
    ow_step "$@" &
    ow_main=$!
    ow_read
    echo "i $ow_main $ow_reader1 $ow_reader2 $ow_feeder" >>"$ow_slot/i"
    exec 4<&- 6>&- 7>&- 8>&- 9>&-
    wait $ow_main
    ow_code=$?
    [ ! -e "$ow_slot/l" ] || exit       # as if this supervisor had been killed: the attempt is lost
  fi
  exec 4<&- 6>&- 7>&- 8>&- 9>&-
  [ -z "$ow_feeder" ] || ! ow_holds "$ow_feeder" 1 "$ow_slot/p3" || kill -9 "$ow_feeder"
  ow_held=0 ow_turn=0
  printf '%3d -\n' $ow_code >&3
  # At most two seconds, nearly always none: a few looks at once, then after ever longer pauses.
  until ow_closed; do
    ow_turn=$((ow_turn + 1))
    if [ $ow_turn -gt 98 ]; then ow_held=1; ow_drain 1 $ow_reader1; ow_drain 2 $ow_reader2; break; fi
    if [ $ow_turn -gt 80 ]; then sleep 0.1; elif [ $ow_turn -gt 60 ]; then sleep 0.005; fi || { sleep 1; ow_turn=$((ow_turn + 19)); }
  done
  printf '%3d %s\n' $ow_code $ow_held >&5
  # Opened for both, it neither blocks nor breaks where the channel has ended meanwhile.
  [ ! -p "c.$ow_tag.$$" ] || echo "e $ow_ticket $ow_code $ow_held" 1<>"c.$ow_tag.$$"
}

# What the interpreter reads from its descriptor 3, which waits here as descriptor 4; sets ow_feeder. Opened for both
# first, so that nothing blocks. The least that any pipe takes is written at once; more needs a process, which ends when nobody can read
# any more, or with the interpreter.
ow_feed() {
  ow_feeder=
  [ -n "$ow_input" ] || return 0
  exec 1<>"$ow_slot/p3" 4<"$ow_slot/p3" >"$ow_slot/p3"
  if [ ${#ow_input} -le 4096 ]; then printf %s "$ow_input"
  else
    (exec 3>&- 4<&- 5>&- 6>&- 7>&- 8>&- 9>&-; cd /; printf %s "$ow_input") &
    ow_feeder=$!
  fi
  exec >/dev/null
  ow_input=given
}

ow_read() { # sets ow_reader1 ow_reader2
  # Opened for reading and writing, 6 and 8 let nothing block and keep a reader until the readers have opened their own.
  cat <"$ow_slot/p1" >"$ow_slot/o1" 3>&- 4<&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  ow_reader1=$!
  cat <"$ow_slot/p2" >"$ow_slot/o2" 3>&- 4<&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  ow_reader2=$!
}

ow_closed() { # whether both readers have ended; jobs makes the shell take note of ended children
  jobs >/dev/null
  ! kill -0 $ow_reader1 && ! kill -0 $ow_reader2
}

ow_drain() { # stream reader: what is written from now on is dropped, and its writer never sees a broken pipe
  kill -0 "$2" && [ -p "$ow_slot/p$1" ] || return
  exec 6<>"$ow_slot/p$1"
  kill -9 "$2"; wait "$2"
  (cd /; exec cat >/dev/null) <"$ow_slot/p$1" 3>&- 5>&- 6>&- &
  echo "c $!" >>"$ow_slot/i"
  exec 6>&-
}

ow_step() { # becomes the interpreter
  exec 3>&- 5>&- 6>&- 8>&-
  [ -z "$ow_input" ] || exec 3<&4 4<&-
  case $ow_group in /*) echo 0 >"$ow_group/cgroup.procs" || exit 126 ;; esac
  # After joining the group: so either term finds this process in it, or this process finds term's mark.
  [ ! -e "$ow_slot/k" ] || exit 143
  ow_script=$ow_state/$ow_slot/script
  cd "$ow_slot/w" || exit 126
  umask "$ow_umask"
  if [ -n "$ow_locale_set" ]; then LC_ALL=$ow_locale; else unset LC_ALL; fi
  ow_count=$1 ow_odd=0; shift
  while [ $ow_count -gt 0 ]; do
    case ${1%%=*} in
      BASH_ENV) export "$1" ;;
      UID | EUID | PPID | GROUPS | BASHOPTS | SHELLOPTS | BASH_* | OPTIND | IFS) # no ordinary variable in some shell
        ow_odd=$((ow_odd + 1)); eval "ow_odd_$ow_odd=\$1" ;;
      ow_* | _) ;;
      *) export "$1" ;;
    esac
    ow_count=$((ow_count - 1)); shift
  done
  ow_count=$1; shift
  while [ $ow_count -gt 0 ]; do set -- "$@" "$1"; shift; ow_count=$((ow_count - 1)); done
  ow_count=$1; shift
  set -- "$@" "$ow_script"
  while [ $ow_count -gt 0 ]; do set -- "$@" "$1"; shift; ow_count=$((ow_count - 1)); done
  [ $ow_odd = 0 ] || {
    while [ $ow_odd -gt 0 ]; do eval "set -- \"\$ow_odd_$ow_odd\" \"\$@\""; ow_odd=$((ow_odd - 1)); done
    set -- env "$@"
  }
  export OCTOWORKERS_TICKET="$ow_ticket" OCTOWORKERS_ATTEMPT="$ow_state/$ow_ticket"
  [ "$ow_group" != adopted ] || set -- "$ow_adopter" -I -S -c "$ow_adopt" "$ow_state/$ow_slot" "$@"
  trap - HUP
  exec $ow_prefix "$@" >&7 2>&9 7>&- 9>&-
}
