# ---- what the state folder says ----

ow_highest() { # run; sets ow_high, empty where the run was never entered
  ow_high=
  for ow_file in n."$1".*; do
    ow_file=${ow_file##*.}
    case $ow_file in *[!0-9]*) ;; *) [ "${ow_high:--1}" -ge "$ow_file" ] || ow_high=$ow_file ;; esac
  done
}

ow_state_of() { # ticket's file; sets ow_code ow_held, empty and - where there is none yet
  # Shells read byte by byte, so a line that is overwritten meanwhile can be seen half old and half new: never a whole number.
  while { read -r ow_code ow_held <"$1"; } 2>/dev/null; do
    case $ow_code in
      run) ow_held=-; return ;;
      ref) return ;;
      '' | *[!0-9]*) ;;
      *) return ;;
    esac
  done
  ow_code= ow_held=-
  return 1
}

ow_record() { # ticket's file; sets ow_code ow_held ow_slot ow_group ow_supervisor ow_main ow_readers
  ow_slot= ow_group= ow_supervisor= ow_main= ow_readers=
  ow_state_of "$1" || return
  { read -r ow_slot; read -r ow_slot; read -r ow_group; ow_processes; } <"$1" 2>/dev/null
  ow_processes 2>/dev/null <"$ow_slot/i"
}

ow_processes() {
  while read -r ow_kind ow_first ow_rest; do
    case $ow_kind in
      p) ow_supervisor=$ow_first ;;
      i) ow_main=$ow_first ow_readers=$ow_rest ;;
      c) ow_readers="$ow_readers $ow_first" ;;
    esac
  done
}

# A recycled process id must not be taken for ours: ours holds the file as the descriptor named.
if [ -r /proc/self/environ ]; then ow_proc=1
  ow_holds() { [ "/proc/$1/fd/$2" -ef "$3" ]; }
else ow_proc=
  ow_holds() { kill -0 "$1" 2>/dev/null; }
fi

ow_channel_lives() { # channel
  for ow_file in c."$1".*; do
    ow_holds "${ow_file##*.}" 4 "$ow_file" && return
  done
  return 1
}

ow_orphaned() { # after ow_record of $1, not at its end yet: whether nobody is left to bring it there
  if [ -n "$ow_supervisor" ]; then
    ! ow_holds "$ow_supervisor" 5 "$1" || return
  else
    ow_channel=${ow_slot#s.}
    ! ow_channel_lives "${ow_channel%.*}" || return
  fi
  ow_state_of "$1"
  [ "$ow_held" = - ]
}
