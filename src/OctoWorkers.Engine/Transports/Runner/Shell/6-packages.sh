# ---- packages: a cache beside the state folders; HASH is a package, HASH.part one that is on its way ----
ow_cache=${ow_state%/*/*/*}/packages

have() { # id run hash
  if [ "$2" != - ]; then
    ow_highest "$2"
    if [ -z "$ow_high" ]; then ow_say "$1 unknown"; return; fi
    # The number of links tells whether somebody uses it.
    if [ -e "h.$2.$3" ] || { [ -e "$ow_cache/$3" ] && { ln "$ow_cache/$3" "h.$2.$3" || ln -s "$ow_cache/$3" "h.$2.$3"; }; } 2>/dev/null; then
      touch "$ow_cache/$3" 2>/dev/null; ow_say "$1 ok"; return
    fi
  elif [ -e "$ow_cache/$3" ]; then
    touch "$ow_cache/$3" 2>/dev/null; ow_say "$1 ok"; return
  fi
  ow_size "$ow_cache/$3.part"; ow_say "$1 part $ow_bytes"
}

ow_size() { # file; sets ow_bytes
  ow_bytes=0
  [ ! -e "$1" ] || ow_bytes=$(($(wc -c <"$1")))
}

put() { # id hash offset bytes, with NUL and backslash as %b reads them
  [ -d "$ow_cache" ] || mkdir "$ow_cache" 2>/dev/null
  ow_size "$ow_cache/$2.part"
  if [ "$ow_bytes" != "$3" ]; then ow_say "$1 at $ow_bytes"
  elif { printf %b "$4" >>"$ow_cache/$2.part"; } 2>/dev/null; then ow_size "$ow_cache/$2.part"; ow_say "$1 ok $ow_bytes"
  else ow_encode "cannot write $ow_cache/$2.part"; ow_say "$1 error $ow_word"
  fi
}

seal() { ow_seal "$@" & jobs >/dev/null 2>&1; }
ow_seal() { # id hash
  exec </dev/null
  ow_part=$ow_cache/$2.part ow_found=
  for ow_word in sha256sum 'shasum -a 256' 'openssl dgst -sha256 -r' python3; do
    ow_found=$(set -f; set -- $ow_word; [ "$1" != python3 ] || set -- python3 -I -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; "$@" <"$ow_part" 2>/dev/null)
    ow_found=${ow_found%% *}
    [ ${#ow_found} != 64 ] || break
    ow_found=
  done
  if [ -z "$ow_found" ]; then ow_say "$1 error there%20is%20neither%20sha256sum,%20shasum,%20openssl%20nor%20python3%20to%20verify%20a%20package%20with"
  elif [ "$ow_found" != "$2" ]; then rm -f "$ow_part"; ow_say "$1 differs $ow_found"
  elif chmod 400 "$ow_part" && mv "$ow_part" "$ow_cache/$2"; then ow_say "$1 ok"
  else ow_encode "cannot write $ow_cache/$2"; ow_say "$1 error $ow_word"
  fi
} 2>/dev/null

unpack() { ow_unpack "$@" & jobs >/dev/null 2>&1; }
ow_unpack() { # id run token ticket hash name kind program
  exec </dev/null
  ow_highest "$2"
  if [ -z "$ow_high" ]; then ow_say "$1 unknown"; return; fi
  if [ "$ow_high" -gt "$3" ]; then ow_say "$1 fenced $ow_high"; return; fi
  if [ -e "x.$2.$4" ]; then ow_say "$1 used"; return; fi
  if [ ! -e "h.$2.$5" ]; then ow_say "$1 missing"; return; fi
  case $6 in */* | . | ..) ow_say "$1 error not%20a%20name%20of%20a%20folder"; return ;; esac
  ow_folder=$ow_state/k.$2.$4 ow_program=$8
  mkdir "$ow_folder" 2>/dev/null
  if [ -n "$6" ]; then ow_folder=$ow_folder/$6; mkdir "$ow_folder" 2>/dev/null; fi
  ow_file=$ow_state/h.$2.$5 ow_said=$ow_state/h.$2.said.$4
  (cd "$ow_folder" && umask "$ow_umask" && exec >"$ow_said" 2>&1 4>&- && exec sh -c "$ow_program" sh "$ow_file" "$7") &
  ow_roots=$! ow_ticket=$4 ow_slot=- ow_readers= ow_supervisor= ow_sessions= ow_seen=' '
  # Who takes the ticket, to end the attempt before it begins, does not know of the program.
  while kill -0 "$ow_roots" && [ ! -e "x.$2.$4" ]; do sleep 0.05 || sleep 1; done 2>/dev/null
  if [ -e "x.$2.$4" ]; then
    ow_search
    kill -9 $ow_found "$ow_roots" 2>/dev/null
    wait "$ow_roots" 2>/dev/null
    ow_say "$1 used"
  elif wait "$ow_roots"; then
    ow_encode "$ow_folder"; ow_say "$1 ok $ow_word"
  else
    ow_encode "$(tail -n 3 "$ow_said" | cut -c 1-300)"; ow_say "$1 failed $ow_word"
  fi
  rm -f "$ow_said"
}

clean() { ow_clean "$@" & jobs >/dev/null 2>&1; }
ow_clean() { # id bytes seconds: removes what no run uses and was not used for so long, and the longest unused beyond so many bytes
  exec </dev/null
  ow_removed=0 ow_kept=0
  ow_minutes=$((($3 + 59) / 60))
  for ow_file in $(cd "$ow_cache" && ls -t); do
    ow_size "$ow_cache/$ow_file"
    ow_idle=
    if [ $((ow_kept + ow_bytes)) -gt "$2" ] || [ "$3" = 0 ]; then ow_idle=1
    elif [ -n "$(find "$ow_cache/$ow_file" -mmin +"$ow_minutes")" ]; then ow_idle=1
    fi
    case $ow_file in *.part) [ -n "$(find "$ow_cache/$ow_file" -mmin +60)" ] || ow_idle= ;; esac
    if [ -n "$ow_idle" ] && [ -n "$(find "$ow_cache/$ow_file" -links 1)" ] && rm -f "$ow_cache/$ow_file"; then ow_removed=$((ow_removed + ow_bytes))
    else ow_kept=$((ow_kept + ow_bytes))
    fi
  done
  rmdir "$ow_cache"
  ow_say "$1 ok $ow_removed $ow_kept"
} 2>/dev/null
