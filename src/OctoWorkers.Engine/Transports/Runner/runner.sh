# The worker's half of the channel in POSIX sh (dash, bash, busybox ash); docs/runner-protocol.md says what is spoken.
# The bootstrap has set ow_boundary and ow_state. Commands are shell text, so the shell's own parser reads them; verbs are functions.
#
# Two shells live as long as the channel: this one reads commands, forks attempts and never writes to standard output; ow_talk is the
# only writer, blocked on a FIFO of events. Events are lines shorter than PIPE_BUF, so that writers never tear each other's.
#
# In the state folder (names hold letters, digits, '-' and '.' only; everything is relative to it):
#   c.CHANNEL.PID     FIFO of a channel, held open by the shell PID as descriptor 4
#   n.RUN.TOKEN       a fencing token seen; the highest counts
#   x.RUN.TICKET      a ticket; creating it exclusively is taking it. Line 1, 5 wide, overwritten in place so that a full disk cannot
#                     lose it: "run -", "ref -", "CODE -" (output not at its end yet), "CODE 0|1" (output held open or not).
#                     Line 2: slot. Line 3: control group or "-". Then "p PID" (supervisor) and "i PID PID…" (interpreter, readers).
#   s.CHANNEL.N/      slot, made ahead: w (working directory), p1 p2 (pipes), then script, o1 o2 (output), k (do not start), m1.* m2.* (read marks)

case ${BASH_VERSION-} in ?*) set -o posix ;; esac
ow_umask=$(umask); umask 077; unset CDPATH; exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; IFS=' 	
'
ow_newline='
'
ow_locale=${LC_ALL-} ow_locale_set=${LC_ALL+1}; export LC_ALL=C
ow_tag=${ow_boundary%????????????????????????}
trap : INT QUIT HUP TERM

ow_encode() { # sets ow_word
  case $1 in
    '' | *[!A-Za-z0-9/._+@-]*) ow_word=$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g') ;;
    *) ow_word=$1 ;;
  esac
}

ow_say() { printf 'm %s\n' "$1" >&4; }                        # an answer
ow_add() { printf 'a %s %s\n' "$1" "$2" >&4; }                # a piece that goes before the rest of the answer $1

# ---- what the state folder says ----

ow_highest() { # run; sets ow_high, empty where the run was never entered
  ow_high=
  for ow_file in n."$1".*; do
    ow_file=${ow_file##*.}
    case $ow_file in *[!0-9]*) ;; *) [ "${ow_high:--1}" -ge "$ow_file" ] || ow_high=$ow_file ;; esac
  done
}

ow_record() { # ticket's file; sets ow_code ow_held ow_slot ow_group ow_supervisor ow_main ow_readers
  ow_code= ow_held=- ow_slot= ow_group= ow_supervisor= ow_main= ow_readers=
  { read -r ow_code ow_held; read -r ow_slot; read -r ow_group
    while read -r ow_kind ow_first ow_rest; do
      case $ow_kind in
        p) ow_supervisor=$ow_first ;;
        i) ow_main=$ow_first ow_readers=$ow_rest ;;
        c) ow_readers="$ow_readers $ow_first" ;;
      esac
    done; } <"$1" 2>/dev/null
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
  { read -r ow_code ow_held <"$1"; } 2>/dev/null
  [ "$ow_held" = - ]
}

# ---- ow_talk: events in, frames out ----
# Followed tickets have a number N; ow_watched holds " TICKET:N …". Of each: x_N its file, s_N slot, at1_N at2_N sent up to, ack1_N
# ack2_N acknowledged, more1_N more2_N set when a frame ended before the file did, end_N "CODE HELD" when the output is complete.

ow_number() { # ticket; sets n
  case $ow_watched in
    *" $1:"*) n=${ow_watched#*" $1:"}; n=${n%% *} ;;
    *) return 1 ;;
  esac
}

ow_forget() { # ticket; n
  ow_watched="${ow_watched%%" $1:"*} ${ow_watched#*" $1:$n "}"
  unset "x_$n" "s_$n" "at1_$n" "at2_$n" "ack1_$n" "ack2_$n" "more1_$n" "more2_$n" "part1_$n" "part2_$n" "end_$n"
}

# One frame. dd reads whole blocks, so that it may begin a little before the byte that is next; what it says tells how far it came.
ow_frame() { # ticket n stream; false when the window is full
  eval "at=\$at$3_$2 room=\$((\$ack$3_$2 + 1048576 - at)) slot=\$s_$2"
  if [ $((at % 65536)) = 0 ]; then
    size=65536 count=$((room / 65536))
  else
    size=512 count=$((128 - at / 512 % 128))
    [ $((at / 512 + count)) -le $(((at + room) / 512)) ] || count=$(((at + room) / 512 - at / 512))
  fi
  [ "$count" -gt 0 ] || return
  skip=$((at / size))
  echo >"$slot/m$3.$ow_tag"
  printf 'B %s %s %s\n' "$1" "$3" $((skip * size))
  copied=$(dd if="$slot/o$3" bs=$size skip=$skip count=$count 2>&1 >&3)
  printf '%s\n' "$ow_boundary"
  part=
  case ${copied##*"$ow_newline"} in
    *records*) # This dd counts only blocks. A last one that is not full is sent again when the file does not grow any more.
      copied=${copied##*"$ow_newline"} copied=$((${copied%%+*} * size))
      if eval "[ -n \"\$end_$2\" ]"; then
        [ $copied -ge $((count * size)) ] || copied=$(($(wc -c <"$slot/o$3") - skip * size))
      else part=1
      fi ;;
    *) copied=${copied##*"$ow_newline"} copied=${copied%% *} ;;
  esac
  case $copied in '' | *[!0-9]*) copied=0 ;; esac       # the file has been removed meanwhile
  eval "part$3_$2=$part"
  if [ $copied -lt $((count * size)) ]; then eval "more$3_$2="; else eval "more$3_$2=1"; fi
  [ $((skip * size + copied)) -le $at ] || eval "at$3_$2=$((skip * size + copied))"
}

ow_pump() { # ticket n stream: sends what is new of the stream; false when the window is full
  eval "slot=\$s_$2 more=\$more$3_$2; [ -z \"\$end_$2\" ] || more=\$more\$part$3_$2"
  [ -s "$slot/o$3" ] && { [ -n "$more" ] || [ ! "$slot/m$3.$ow_tag" -nt "$slot/o$3" ]; } || return 0
  while ow_frame "$1" "$2" "$3"; do
    eval "[ -n \"\$more$3_$2\" ]" || return 0
  done
  return 1
}

ow_finish() { # ticket n: all that is left, and then the end
  ow_pump "$1" "$2" 1 || return
  ow_pump "$1" "$2" 2 || return
  eval "printf 'X %s %s %s %s\n' $1 \"\$end_$2\" \$at1_$2 \$at2_$2"
  n=$2; ow_forget "$1"
}

ow_look() { # ticket n
  if eval "[ -z \"\$end_$2\" ]"; then
    eval "x=\$x_$2"
    { read -r code held <"$x"; } 2>/dev/null || code=gone held=-
    case $code:$held in
      run:* | *:-)
        if [ "$code" = ref ] || [ "$code" = gone ]; then eval "end_$2='lost 0'"
        elif [ $((ow_looks % 8)) = 0 ]; then
          ow_record "$x"
          if ow_orphaned "$x"; then
            [ "$ow_code" != run ] || ow_code=lost
            eval "end_$2='$ow_code 1'"
          fi
        fi ;;
      *) eval "end_$2='$code $held'" ;;
    esac
  fi
  if eval "[ -n \"\$end_$2\" ]"; then ow_finish "$1" "$2"; else ow_pump "$1" "$2" 1; ow_pump "$1" "$2" 2; fi
}

ow_talk() {
  ow_watched=' ' ow_last=0 ow_looks=0
  exec 3>&1 <"c.$ow_tag.$$" 4>&-       # not to be a writer itself: it ends when the other shell does
  while read -r event t a b c d e f; do
    case $event in
      w) # ticket file slot out err id word
        ow_number "$t" && ow_forget "$t"
        ow_last=$((ow_last + 1)) n=$ow_last
        eval "x_$n=$a s_$n=$b at1_$n=$c at2_$n=$d ack1_$n=$c ack2_$n=$d more1_$n= more2_$n= part1_$n= part2_$n= end_$n="
        ow_watched="$ow_watched$t:$n "
        printf 'R %s %s\n' "$e" "$f"
        if [ "$f" = ok ]; then
          eval "more1_$n=1 more2_$n=1"
          ow_looks=0; ow_look "$t" $n
        fi ;;
      e) ow_number "$t" && { eval "end_$n='$a $b'"; ow_finish "$t" $n; } ;;
      k) # ticket stream offset
        if ow_number "$t"; then
          eval "ack${a}_$n=$b"
          if eval "[ -n \"\$end_$n\" ]"; then ow_finish "$t" $n; elif eval "[ -n \"\$more${a}_$n\" ]"; then ow_pump "$t" $n "$a"; fi
        fi ;;
      u) ow_number "$t" && ow_forget "$t" ;;
      p)
        ow_looks=$((ow_looks + 1))
        for t in $ow_watched; do ow_look "${t%:*}" "${t##*:}"; done ;;
      a) eval "said_$t=\"\${said_$t-} \$a\${b:+ \$b}\"" ;;
      m)
        eval "said=\${said_$t-}; unset said_$t"
        printf 'R %s %s%s%s\n' "$t" "$a" "${b:+ $b${c:+ $c${d:+ $d${e:+ $e${f:+ $f}}}}}" "$said" ;;
    esac
  done
}

# ---- attempts ----

ow_make() { # slots ahead, many with one process
  ow_new=0 ow_folders= ow_pipes= ow_groups=
  while [ $ow_new -lt "$1" ]; do
    ow_new=$((ow_new + 1)) ow_made=$((ow_made + 1))
    ow_folders="$ow_folders s.$ow_tag.$ow_made s.$ow_tag.$ow_made/w" ow_pipes="$ow_pipes s.$ow_tag.$ow_made/p1 s.$ow_tag.$ow_made/p2"
    [ -z "$ow_base" ] || ow_groups="$ow_groups $ow_base/octoworkers-$ow_tag-$ow_made"
  done
  mkdir $ow_folders $ow_groups && mkfifo $ow_pipes
}

ow_supervise() { # words of start after SCRIPT; ow_x ow_slot ow_group ow_ticket
  # Not to hold the channel's pipe lets its writer see the end when the shell that reads commands is killed.
  exec </dev/null >/dev/null 2>&1 4>&- 6<>"$ow_slot/p1" 7>"$ow_slot/p1" 8<>"$ow_slot/p2" 9>"$ow_slot/p2"
  trap '' HUP
  if [ -n "$ow_ahead" ]; then
    ow_read
    (read -r ow_main ow_rest </proc/self/stat; echo "i $ow_main $ow_reader1 $ow_reader2" >>"$ow_x"; ow_step "$@")
    ow_code=$?
  else
    ow_step "$@" &
    ow_main=$!
    ow_read
    echo "i $ow_main $ow_reader1 $ow_reader2" >>"$ow_x"
    exec 6>&- 7>&- 8>&- 9>&-
    wait $ow_main
    ow_code=$?
  fi
  exec 6>&- 7>&- 8>&- 9>&-
  ow_held=0 ow_turn=0
  printf '%3d -\n' $ow_code 1<>"$ow_x"
  until ow_closed; do
    ow_turn=$((ow_turn + 1))
    if [ $ow_turn -gt 320 ]; then ow_held=1; ow_drain 1 $ow_reader1; ow_drain 2 $ow_reader2; break; fi
    [ $ow_turn -lt 300 ] || sleep 0.1 || { sleep 1; ow_turn=$((ow_turn + 9)); }
  done
  printf '%3d %s\n' $ow_code $ow_held 1<>"$ow_x"
  # Opened for both, it neither blocks nor breaks where the channel has ended meanwhile.
  [ ! -p "c.$ow_tag.$$" ] || echo "e $ow_ticket $ow_code $ow_held" 1<>"c.$ow_tag.$$"
}

ow_read() { # sets ow_reader1 ow_reader2
  # Opened for reading and writing, 6 and 8 let nothing block and keep a reader until the readers have opened their own.
  cat <"$ow_slot/p1" >"$ow_slot/o1" 5>&- 6>&- 7>&- 8>&- 9>&- &
  ow_reader1=$!
  cat <"$ow_slot/p2" >"$ow_slot/o2" 5>&- 6>&- 7>&- 8>&- 9>&- &
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
  (cd /; exec cat >/dev/null) <"$ow_slot/p$1" 5>&- 6>&- &
  echo "c $!" >>"$ow_x"
  exec 6>&-
}

ow_step() { # becomes the interpreter
  exec 5>&- 6>&- 8>&-
  [ "$ow_group" = - ] || echo 0 >"$ow_group/cgroup.procs" || exit 126
  # After joining the group: so either term finds this process in it, or this process finds term's mark.
  [ ! -e "$ow_slot/k" ] || exit 143
  ow_script=$ow_state/$ow_slot/script
  cd "$ow_slot/w" || exit 126
  umask "$ow_umask"
  if [ -n "$ow_locale_set" ]; then LC_ALL=$ow_locale; else unset LC_ALL; fi
  ow_count=$1 ow_odd=0; shift
  while [ $ow_count -gt 0 ]; do
    case ${1%%=*} in
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
  export OCTOWORKERS_TICKET="$ow_ticket"
  trap - HUP
  exec $ow_prefix "$@" >&7 2>&9 7>&- 9>&-
}

# ---- ending a tree ----

ow_now() { # sets ow_time, hundredths of a second
  if { read -r ow_time ow_rest </proc/uptime; } 2>/dev/null; then ow_time=${ow_time%.*}${ow_time#*.}; else ow_time=$((${ow_time:-0} + 6)); fi
}

ow_find() { # sets ow_found: the process ids of the attempt's tree, as far as the means reach
  ow_found=
  case $ow_how in
    ControlGroup) ow_found=$(find "$ow_group" -name cgroup.procs -exec cat {} + 2>/dev/null) ;;
    *) ow_search ;;
  esac
  for ow_pid in $ow_found; do
    case $ow_seen in
      *" $ow_pid:"*) ;;
      *) { read -r ow_name <"/proc/$ow_pid/comm"; } 2>/dev/null && ow_encode "$ow_name" || ow_word='?'
         ow_seen="$ow_seen$ow_pid:$ow_word " ;;
    esac
  done
}

# Marked by the ticket in their environment, holding the output open, in a session of the tree, or children of any of these. Found sessions
# are kept: a leader that has ended leaves its session's number behind.
ow_search() {
  if [ -n "$ow_proc" ]; then
    ow_marked=
    for ow_pid in $(grep -lsF "OCTOWORKERS_TICKET=$ow_ticket" /proc/[0-9]*/environ); do
      ow_pid=${ow_pid#/proc/} ow_pid=${ow_pid%/*}
      tr '\0' '\n' <"/proc/$ow_pid/environ" | grep -qxF "OCTOWORKERS_TICKET=$ow_ticket" && ow_marked="$ow_marked $ow_pid"
    done 2>/dev/null
    ow_list=$({ ls -l /proc/[0-9]*/fd 2>/dev/null |
        ow_pipes="-> $ow_state/$ow_slot/p" awk '
          /^\/proc\// { split($0, part, "/"); pid = part[3] }
          index($0, ENVIRON["ow_pipes"]) && !(pid in told) { told[pid] = 1; print "*", pid }'
      for ow_pid in $ow_marked; do echo "* $ow_pid"; done
      sed 's/^\([0-9]*\) (.*) \([A-Za-z]\) /\1 \2 /' /proc/[0-9]*/stat 2>/dev/null; } | ow_tree)
  else
    ow_list=$(ps -A -o pid= -o stat= -o ppid= -o pgid= -o pgid= | ow_tree)
  fi
  ow_found= ow_sessions=
  for ow_pid in $ow_list; do
    case $ow_pid in s*) ow_sessions="$ow_sessions ${ow_pid#s}" ;; *) ow_found="$ow_found $ow_pid" ;; esac
  done
}

ow_tree() { # reads "* PID" and "PID STATE PARENT GROUP SESSION"; writes the tree's processes, and its sessions after an s
  awk -v roots="$ow_roots" -v sessions="$ow_sessions" -v never="$ow_readers $ow_supervisor $$" '
    BEGIN {
      count = split(sessions, list, " "); for (i = 1; i <= count; i++) session_in[list[i]] = 1
      count = split(never, list, " "); for (i = 1; i <= count; i++) out[list[i]] = 1
      count = split(roots, list, " "); for (i = 1; i <= count; i++) in_[list[i]] = 1
    }
    $1 == "*" { in_[$2] = 1; next }
    $2 !~ /^Z/ { parent[$1] = $3; session[$1] = $5 }
    END {
      for (p in in_) if (!(p in parent) || (p in out)) delete in_[p]
      for (more = 1; more; ) {
        more = 0
        for (p in parent) if (!(p in in_) && !(p in out) && ((parent[p] in in_) || (session[p] in session_in))) { in_[p] = 1; more = 1 }
        for (p in in_) if (session[p] == p && !(p in session_in)) { session_in[p] = 1; more = 1 }
      }
      for (p in in_) print p
      for (s in session_in) print "s" s
    }'
}

ow_send() { # signal: once to each process
  for ow_pid in $ow_found; do
    case $ow_told in *" $1:$ow_pid "*) ;; *) kill -"$1" "$ow_pid"; kill -CONT "$ow_pid"; ow_told="$ow_told$1:$ow_pid " ;; esac
  done 2>/dev/null
}

ow_terminate() { # id run ticket milliseconds
  exec </dev/null
  ow_id=$1 ow_ticket=$3 ow_x=x.$2.$3 ow_seen=' ' ow_told=' ' ow_sessions= ow_roots= ow_turn=0
  set -C
  if { printf 'ref -\n-\n-\n' >"$ow_x"; } 2>/dev/null; then ow_code=ref
  else
    until ow_record "$ow_x"; [ -n "$ow_group" ] || [ $ow_turn -gt 300 ]; do
      ow_turn=$((ow_turn + 1)); [ $ow_turn -lt 100 ] || sleep 0.01
    done
  fi
  set +C
  if [ "$ow_code" = ref ]; then
    ow_add "$ow_id" 'ended left'; ow_say "$ow_id NeverStarted $ow_means"; return
  fi
  : >"$ow_slot/k"
  ow_how=Search
  if [ -e "$ow_group/cgroup.kill" ]; then ow_how=ControlGroup; fi
  # The process ids are written right after the start; an interpreter that has ended is no root, its number may be another's by now.
  ow_turn=0
  while [ "$ow_code" = run ] && [ -z "$ow_main" ] && [ $ow_turn -lt 100 ]; do
    ow_turn=$((ow_turn + 1)); sleep 0.02; ow_record "$ow_x"
  done
  if [ "$ow_code" = run ] && [ -n "$ow_main" ]; then
    ow_roots=$ow_main
    [ -z "$ow_session" ] || ow_sessions=$ow_main
  fi
  ow_find
  if [ "$4" -gt 0 ]; then
    ow_now; ow_until=$((ow_time + $4 / 10))
    while [ -n "$ow_found" ] && [ "$ow_time" -lt $ow_until ]; do
      ow_send TERM
      sleep 0.05 || sleep 1
      ow_find; ow_now
    done
  fi
  ow_turn=0
  while [ -n "$ow_found" ] && [ $ow_turn -lt 60 ]; do
    [ $ow_how = Search ] || echo 1 >"$ow_group/cgroup.kill"
    ow_send KILL
    [ $ow_turn = 0 ] || sleep 0.05 || sleep 1
    ow_turn=$((ow_turn + 1))
    ow_find
  done 2>/dev/null
  ow_receipt
}

ow_receipt() {
  ow_left=' ' ow_count=0
  for ow_pid in $ow_found; do ow_left="$ow_left$ow_pid "; done
  ow_add "$ow_id" ended
  for ow_pair in $ow_seen; do
    ow_pid=${ow_pair%%:*}
    case $ow_left in *" $ow_pid "*) continue ;; esac
    case $ow_told in *" KILL:$ow_pid "*) ow_add "$ow_id" "$ow_pair:KILL" ;; *) ow_add "$ow_id" "$ow_pair:TERM" ;; esac
    ow_count=$((ow_count + 1)); [ $ow_count -lt 100 ] || break
  done
  ow_add "$ow_id" left; ow_count=0
  for ow_pair in $ow_seen; do
    case $ow_left in *" ${ow_pair%%:*} "*) ow_add "$ow_id" "$ow_pair:KILL"; ow_count=$((ow_count + 1)) ;; esac
    [ $ow_count -lt 100 ] || break
  done
  if [ -n "$ow_found" ]; then ow_say "$ow_id Left $ow_how"
  elif [ $ow_how = Search ]; then ow_say "$ow_id NoneFound $ow_how"
  else ow_say "$ow_id NothingLeft $ow_how"
  fi
}

# ---- verbs ----

enter() { # id run token
  ow_highest "$2"; ow_before=$ow_high
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

start() { # id run token ticket script, and the words for ow_step
  ow_id=$1 ow_run=$2 ow_token=$3 ow_ticket=$4 ow_x=x.$2.$4
  ow_highest "$ow_run"
  if [ -z "$ow_high" ]; then ow_say "$ow_id unknown"; return; fi
  if [ "$ow_high" -gt "$ow_token" ]; then ow_say "$ow_id fenced $ow_high"; return; fi
  ow_slot=s.$ow_tag.$((ow_used + 1)) ow_group=-
  [ -z "$ow_base" ] || ow_group=$ow_base/octoworkers-$ow_tag-$((ow_used + 1))
  printf %s "$5" 2>/dev/null >"$ow_slot/script" || { ow_say "$ow_id error the script cannot be written to $ow_state/$ow_slot"; return; }
  shift 5
  set -C
  if { printf 'run -\n%s\n%s\n' "$ow_slot" "$ow_group" >"$ow_x"; } 2>/dev/null; then
    set +C; ow_used=$((ow_used + 1))
    # The ticket is taken. A new owner raises the token first and lists the tickets then, so one of the two sees the other.
    ow_highest "$ow_run"
    if [ "${ow_high:-0}" -gt "$ow_token" ]; then
      printf 'ref -\n' 1<>"$ow_x"; ow_say "$ow_id fenced $ow_high"
    else
      echo "w $ow_ticket $ow_x $ow_slot 0 0 $ow_id started" >&4
      exec 5<>"$ow_x"
      ow_launch "$@"
      exec 5>&-
    fi
    jobs >/dev/null 2>&1              # frees ended jobs; without it each start is slower than the last
    [ $((ow_made - ow_used)) -gt 4 ] || ow_make 32
  else
    set +C
    # Whoever has just made it writes the next moment.
    ow_turn=0
    until { read -r ow_code ow_held <"$ow_x"; } 2>/dev/null || [ $ow_turn -gt 300 ]; do
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

ack() { echo "k $*" >&4; }
unfollow() { echo "u $1" >&4; }
poll() { echo p >&4; }
ping() { ow_say "$1 ok"; }

term() { ow_terminate "$@" & jobs >/dev/null 2>&1; }
remove() { ow_remove "$@" & jobs >/dev/null 2>&1; }
ow_remove() { # id run
  exec </dev/null
  ow_files= ow_slots= ow_groups=
  for ow_x in x."$2".* n."$2".*; do [ ! -e "$ow_x" ] || ow_files="$ow_files $ow_x"; done
  for ow_x in $ow_files; do
    case $ow_x in x.*)
      ow_record "$ow_x"
      case $ow_slot in s.*) ow_slots="$ow_slots $ow_slot" ;; esac
      [ ! -d "$ow_group" ] || ow_groups="$ow_groups $ow_group" ;;
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

# ---- the channel ----

# How an attempt gets a session of its own, and the signals back that a list run with & has ignored in dash and ash.
ow_prefix=$(command -v setsid) ow_session=$ow_prefix
ow_launch() {
  ow_supervise "$@" &
  echo "p $!" >>"$ow_x"
}
ow_ahead=
if env --default-signal true 2>/dev/null; then ow_prefix="$ow_prefix $(command -v env) --default-signal"
elif [ -z "${BASH_VERSION-}" ]; then
  if perl -MPOSIX -e 1 2>/dev/null; then
    ow_prefix="$(command -v perl) -MPOSIX -e POSIX::setsid();\$SIG{INT}=\$SIG{QUIT}='DEFAULT';exec(@ARGV);exit(127)" ow_session=1
  elif [ -n "$ow_proc" ]; then
    # The members of a pipeline keep their signals; killing the shell that waits for them sets the supervisor free. For the same
    # reason the supervisor then runs the interpreter in the foreground.
    ow_ahead=1
    ow_launch() { (ow_freed "$@" | exec sh -c 'kill -9 $PPID') 2>/dev/null; }
    ow_freed() {
      read -r ow_supervisor ow_rest </proc/self/stat
      echo "p $ow_supervisor" >>"$ow_x"
      ow_supervise "$@"
    }
  fi
fi

ow_groups_at() { # sets ow_base: the control group of this shell, where groups can be made in it and killed
  ow_base=
  [ -n "$ow_proc" ] || return
  if [ -e /sys/fs/cgroup/cgroup.procs ]; then ow_root=/sys/fs/cgroup
  elif [ -e /sys/fs/cgroup/unified/cgroup.procs ]; then ow_root=/sys/fs/cgroup/unified
  else
    ow_root=
    while read -r ow_word ow_word ow_word ow_word ow_point ow_rest; do
      case $ow_rest in *' - cgroup2 '*) ow_root=$ow_point; break ;; esac
    done </proc/self/mountinfo
    [ -n "$ow_root" ] || return
  fi
  while read -r ow_rest; do
    case $ow_rest in 0::*) ow_root=$ow_root${ow_rest#0::}; break ;; esac
  done </proc/self/cgroup
  ow_root=${ow_root%/}
  case $ow_root in *[!A-Za-z0-9/._@:-]* | */..*) return ;; esac
  [ -w "$ow_root/cgroup.procs" ] && mkdir "$ow_root/octoworkers-$ow_tag" 2>/dev/null || return
  if [ -w "$ow_root/octoworkers-$ow_tag/cgroup.kill" ] && (echo 0 >"$ow_root/octoworkers-$ow_tag/cgroup.procs") 2>/dev/null; then
    ow_base=$ow_root
  fi
  rmdir "$ow_root/octoworkers-$ow_tag"
}

ow_sweep() { # what channels that have ended made ahead and never used
  ow_live=" $ow_tag " ow_dead= ow_taken=
  for ow_file in c.*; do
    ow_channel=${ow_file#c.} ow_channel=${ow_channel%.*}
    if ow_holds "${ow_file##*.}" 4 "$ow_file"; then ow_live="$ow_live$ow_channel "; else ow_dead="$ow_dead $ow_file"; fi
  done
  for ow_folder in s.*; do
    ow_channel=${ow_folder#s.}
    case $ow_live in *" ${ow_channel%.*} "*) continue ;; esac
    [ -e "$ow_folder" ] || continue
    if [ -z "$ow_taken" ]; then
      ow_taken=' '
      for ow_x in x.*; do [ ! -e "$ow_x" ] || { ow_record "$ow_x"; ow_taken="$ow_taken$ow_slot "; }; done
    fi
    case $ow_taken in *" $ow_folder "*) ;; *) ow_dead="$ow_dead $ow_folder" ;; esac
  done
  [ -n "$ow_dead" ] || return
  rm -rf $ow_dead
  for ow_folder in $ow_dead; do
    case $ow_folder in s.*) ow_word=${ow_folder#s.}; rmdir "$ow_base/octoworkers-${ow_word%.*}-${ow_word##*.}" 2>/dev/null ;; esac
  done
}

ow_leave() {
  trap '' EXIT
  exec 4>&-
  kill -9 "$ow_talker"
  ow_dead="c.$ow_tag.$$" ow_groups=
  while [ $ow_used -lt $ow_made ]; do
    ow_used=$((ow_used + 1)) ow_dead="$ow_dead s.$ow_tag.$ow_used"
    [ -z "$ow_base" ] || ow_groups="$ow_groups $ow_base/octoworkers-$ow_tag-$ow_used"
  done
  rm -rf $ow_dead
  [ -z "$ow_groups" ] || rmdir $ow_groups
  # The state folder and the three above it, as far as they are empty.
  cd / && rmdir "$ow_state" && rmdir "${ow_state%/*}" && rmdir "${ow_state%/*/*}" && rmdir "${ow_state%/*/*/*}"
} 2>/dev/null

# Another channel that ends now may take the empty folder away; once the FIFO is in it, nobody does.
ow_turn=0
until cd "$ow_state" && mkfifo "c.$ow_tag.$$"; do
  ow_turn=$((ow_turn + 1)); [ $ow_turn -lt 10 ] || { echo "The state folder $ow_state cannot be used." >&2; exit 1; }
  mkdir -p "$ow_state"
done 2>/dev/null
exec 4<>"c.$ow_tag.$$"
ow_groups_at
ow_sweep
ow_used=0 ow_made=0
ow_make 8 || exit 1
ow_means=Search; [ -z "$ow_base" ] || ow_means=ControlGroup
ow_greeting=
for ow_word in $(uname -s -n -m); do ow_greeting="$ow_greeting $ow_word"; done
set -- $ow_greeting
ow_encode "$2"; ow_greeting="H $1 $3 $ow_word"
ow_encode "$(id -un)"; ow_greeting="$ow_greeting $ow_word $ow_means"
for ow_name in sh bash python3 python perl pwsh; do
  if ow_rest=$(command -v $ow_name); then ow_encode "$ow_rest"; ow_greeting="$ow_greeting $ow_name=$ow_word"; fi
done
printf '%s\n' "$ow_greeting"
ow_talk &
ow_talker=$!
exec >/dev/null
trap ow_leave EXIT
