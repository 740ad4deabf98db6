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
  # Of files that have been removed meanwhile with their run nobody knows how much of them was sent.
  eval "slot=\$s_$2 at1=\$at1_$2 at2=\$at2_$2 end=\$end_$2"
  [ -e "$slot/o1" ] || at1=-
  [ -e "$slot/o2" ] || at2=-
  printf 'X %s %s %s %s\n' "$1" "$end" "$at1" "$at2"
  n=$2; ow_forget "$1"
}

ow_look() { # ticket n
  if eval "[ -z \"\$end_$2\" ]"; then
    eval "x=\$x_$2"
    ow_state_of "$x"
    case $ow_code:$ow_held in
      run:* | *:-)
        if [ "$ow_code" = ref ] || [ -z "$ow_code" ]; then eval "end_$2='lost 0'"
        elif [ $((ow_looks % 8)) = 0 ]; then
          ow_record "$x"
          if ow_orphaned "$x"; then
            [ "$ow_code" != run ] || ow_code=lost
            eval "end_$2='$ow_code 1'"
          fi
        fi ;;
      *) eval "end_$2='$ow_code $ow_held'" ;;
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
