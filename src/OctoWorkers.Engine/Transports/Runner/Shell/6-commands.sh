# ---- verbs ----

enter() { # id run token known
  ow_highest "$2"; ow_before=$ow_high
  if [ "${ow_before:-0}" -lt "$4" ]; then ow_say "$1 unknown"; return; fi
  : 2>/dev/null >"n.$2.$3" || { ow_say "$1 error the state folder cannot be written"; return; }
  ow_highest "$2"
  if [ "$ow_high" -gt "$3" ]; then ow_say "$1 fenced $ow_high"; return; fi
  if [ -z "$ow_before" ]; then ow_say "$1 new"; return; fi
  for ow_x in x."$2".*; do
    [ -e "$ow_x" ] || continue
    ow_record "$ow_x"
    [ "$ow_code" = run ] && ow_orphaned "$ow_x" && [ "$ow_code" = run ] && ow_code=lost
    case $ow_code in
      run | '') ow_add "$1" "${ow_x##*.}:running:" ;;
      ref) ow_add "$1" "${ow_x##*.}:refused:" ;;
      lost) ow_add "$1" "${ow_x##*.}:lost:" ;;
      *) ow_add "$1" "${ow_x##*.}:exited:$ow_code" ;;
    esac
  done
  ow_say "$1 known"
}

start() { # id run token ticket script input, and the words for ow_step
  ow_id=$1 ow_run=$2 ow_token=$3 ow_ticket=$4 ow_x=x.$2.$4
  ow_highest "$ow_run"
  if [ -z "$ow_high" ]; then ow_say "$ow_id unknown"; return; fi
  if [ "$ow_high" -gt "$ow_token" ]; then ow_say "$ow_id fenced $ow_high"; return; fi
  ow_slot=s.$ow_tag.$((ow_used + 1)) ow_group=${ow_adopter:+adopted}
  [ -z "$ow_base" ] || ow_group=$ow_base/octoworkers-$ow_tag-$((ow_used + 1))
  ow_group=${ow_group:--}
  printf %s "$5" 2>/dev/null >"$ow_slot/script" || { ow_say "$ow_id error the script cannot be written to $ow_state/$ow_slot"; return; }
  ow_input=$6
  shift 6
  set -C
  if { printf 'run -\n%s\n%s\n' "$ow_slot" "$ow_group" >"$ow_x"; } 2>/dev/null; then
    set +C; ow_used=$((ow_used + 1))
    # Packages may have been put into a working directory already.
    [ ! -d "k.$ow_run.$ow_ticket" ] || { rmdir "$ow_slot/w"; ln -s "../k.$ow_run.$ow_ticket" "$ow_slot/w"; }
    # The ticket is taken. A new owner raises the token first and lists the tickets then, so one of the two sees the other.
    ow_highest "$ow_run"
    if [ "${ow_high:-0}" -gt "$ow_token" ]; then
      printf 'ref -\n' 1<>"$ow_x"; ow_say "$ow_id fenced $ow_high"
    else
      echo "w $ow_ticket $ow_x $ow_slot 0 0 $ow_id started" >&4
      # Two descriptors, each at the file's begin: what its supervisor writes never makes a file again that was removed meanwhile.
      exec 3<>"$ow_x" 5<>"$ow_x"
      ow_launch "$@"
      exec 3>&- 5>&-
    fi
    ow_input=
    jobs >/dev/null 2>&1              # frees ended jobs; without it each start is slower than the last
    [ $((ow_made - ow_used)) -gt 4 ] || ow_make 32
  else
    set +C
    # Whoever has just made it writes the next moment.
    ow_turn=0
    until ow_state_of "$ow_x" || [ $ow_turn -gt 300 ]; do
      ow_turn=$((ow_turn + 1)); [ $ow_turn -lt 100 ] || sleep 0.01
    done
    if [ "$ow_code" = ref ]; then ow_say "$ow_id refused"; else ow_say "$ow_id used"; fi
  fi
}

follow() { # id ticket out err
  for ow_x in x.*."$2"; do
    if [ -e "$ow_x" ]; then
      ow_record "$ow_x"
      echo "w $2 $ow_x $ow_slot $3 $4 $1 ok" >&4
    else
      ow_say "$1 unknown"
    fi
    return
  done
}

# A file is sent as the output of an attempt is: as that of an attempt that has ended, with a name that no ticket can have.
fetch() { # id run ticket path name
  ow_record "x.$2.$3"
  case $4 in /*) ow_file=$4 ;; *) ow_file=$ow_state/$ow_slot/w/$4 ;; esac
  if [ -z "$ow_slot" ]; then ow_say "$1 unknown"
  elif [ ! -e "$ow_file" ]; then ow_say "$1 missing"
  elif [ ! -f "$ow_file" ]; then ow_say "$1 irregular"
  elif [ ! -r "$ow_file" ]; then ow_say "$1 unreadable"
  else
    ow_folder=$ow_slot/f.$ow_tag.$1
    mkdir "$ow_folder" && ln -s "$ow_file" "$ow_folder/o1" && echo '  0 0' >"$ow_folder/x" || { ow_say "$1 error the state folder cannot be written"; return; }
    echo "w $5 $ow_folder/x $ow_folder 0 0 $1 ok" >&4
  fi
}

ack() { echo "k $*" >&4; }
unfollow() { echo "u $1" >&4; }
poll() { echo p >&4; }
ping() { ow_say "$1 ok"; }

term() { ow_terminate "$@" & jobs >/dev/null 2>&1; }
remove() { ow_remove "$@" & jobs >/dev/null 2>&1; }
ow_remove() { # id run
  exec </dev/null
  ow_files= ow_slots= ow_groups=
  for ow_x in k."$2".*; do [ ! -e "$ow_x" ] || ow_slots="$ow_slots $ow_x"; done
  for ow_x in x."$2".* n."$2".* h."$2".*; do [ ! -e "$ow_x" ] || ow_files="$ow_files $ow_x"; done
  for ow_x in $ow_files; do
    case $ow_x in x.*)
      ow_record "$ow_x"
      case $ow_slot in s.*) ow_slots="$ow_slots $ow_slot" ;; esac
      case $ow_group in
        /*) [ ! -d "$ow_group" ] || ow_groups="$ow_groups $ow_group" ;;
        adopted) # what a step left behind on purpose goes on, without its adopter
          [ "$ow_code" = run ] || ! ow_adopter_lives || kill -9 "$ow_pid" ;;
      esac ;;
    esac
  done
  if [ -n "$ow_files" ]; then
    [ -z "$ow_groups" ] || rmdir $ow_groups || ow_ungroup
    rm -rf $ow_slots $ow_files || { [ -z "$ow_slots" ] || chmod -R u+rwx $ow_slots; rm -rf $ow_slots $ow_files; }
  fi 2>/dev/null
  ow_word=
  for ow_x in $ow_slots $ow_files $ow_groups; do
    [ ! -e "$ow_x" ] || { case $ow_x in /*) ;; *) ow_x=$ow_state/$ow_x ;; esac; ow_encode "$ow_x"; ow_add "$1" "$ow_word"; }
  done
  if [ -z "$ow_word" ]; then ow_say "$1 ok"; else ow_say "$1 left"; fi
}

ow_ungroup() { # what a step left behind on purpose goes on, outside its group
  for ow_group in $ow_groups; do
    [ -d "$ow_group" ] || continue
    find "$ow_group" -name cgroup.procs -exec cat {} + | while read -r ow_pid; do echo "$ow_pid" >"${ow_group%/*}/cgroup.procs"; done
    find "$ow_group" -depth -type d -exec rmdir {} \;
  done
}
