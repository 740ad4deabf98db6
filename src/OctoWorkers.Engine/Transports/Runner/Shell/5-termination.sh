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

# Marked by the attempt in their environment (a ticket alone may be that of another store, too), holding the output open, in a session of the tree, or children of any of these. Found sessions
# are kept: a leader that has ended leaves its session's number behind.
ow_search() {
  if [ -n "$ow_proc" ]; then
    ow_marked=
    for ow_pid in $(grep -lsF "OCTOWORKERS_ATTEMPT=$ow_state/$ow_ticket" /proc/[0-9]*/environ); do
      ow_pid=${ow_pid#/proc/} ow_pid=${ow_pid%/*}
      tr '\0' '\n' <"/proc/$ow_pid/environ" | grep -qxF "OCTOWORKERS_ATTEMPT=$ow_state/$ow_ticket" && ow_marked="$ow_marked $ow_pid"
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
  if [ "$ow_group" = adopted ] && ow_adopter_ends "$4"; then return; fi
  # The process ids are written right after the start; an interpreter that has ended is no root, its number may be another's by now.
  ow_turn=0
  while [ "$ow_code" = run ] && [ -z "$ow_main" ] && [ $ow_turn -lt 100 ]; do
    ow_turn=$((ow_turn + 1)); sleep 0.02; ow_record "$ow_x"
  done
  if [ "$ow_code" = run ] && [ -n "$ow_main" ] && [ "$ow_group" != adopted ]; then
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

# Who asks again, after a connection that broke or as another process of the engine, hears the first receipt that names somebody, and never that
# the attempt had ended by itself.
ow_receipt() {
  if [ "$ow_seen" = ' ' ] && [ -e "$ow_slot/t" ]; then
    ow_say_receipt "$ow_slot/t" $ow_how
  elif [ -n "$ow_found" ] || ! { ow_list_receipt >"$ow_slot/t.$ow_id" && mv "$ow_slot/t.$ow_id" "$ow_slot/t"; } 2>/dev/null; then
    rm -f "$ow_slot/t.$ow_id"
    ow_list_receipt | ow_say_receipt - $ow_how
  else
    ow_say_receipt "$ow_slot/t" $ow_how
  fi
}

ow_list_receipt() { # a word on each line
  if [ -n "$ow_found" ]; then echo Left
  elif [ $ow_how = Search ]; then echo NoneFound
  else echo NothingLeft
  fi
  ow_left=' ' ow_count=0
  for ow_pid in $ow_found; do ow_left="$ow_left$ow_pid "; done
  echo ended
  for ow_pair in $ow_seen; do
    ow_pid=${ow_pair%%:*}
    case $ow_left in *" $ow_pid "*) continue ;; esac
    case $ow_told in *" KILL:$ow_pid "*) echo "$ow_pair:KILL" ;; *) echo "$ow_pair:TERM" ;; esac
    ow_count=$((ow_count + 1)); [ $ow_count -lt 100 ] || break
  done
  echo left; ow_count=0
  for ow_pair in $ow_seen; do
    case $ow_left in *" ${ow_pair%%:*} "*) echo "$ow_pair:KILL"; ow_count=$((ow_count + 1)) ;; esac
    [ $ow_count -lt 100 ] || break
  done
}

ow_say_receipt() { # file, or - for the input; means
  [ "$1" = - ] || exec <"$1"
  while read -r ow_word; do
    case $ow_word in
      NothingLeft | NoneFound | Left) ow_verdict=$ow_word ;;
      *) ow_add "$ow_id" "$ow_word" ;;
    esac
  done
  ow_say "$ow_id $ow_verdict $2"
}
