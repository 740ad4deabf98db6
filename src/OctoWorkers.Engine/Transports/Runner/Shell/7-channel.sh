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
      echo "p $ow_supervisor" >>"$ow_slot/i"
      ow_supervise "$@"
    }
  fi
fi

# Stronger means than this are passed by.
ow_strongest=${OCTOWORKERS_MEANS:-ControlGroup}; unset OCTOWORKERS_MEANS

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
ow_base= ow_adopter= ow_means=Search
case $ow_strongest in ControlGroup) ow_groups_at; [ -z "$ow_base" ] || ow_means=ControlGroup ;; esac
case $ow_strongest:$ow_means in *:ControlGroup | Search:*) ;; *) ow_adopter_at; [ -z "$ow_adopter" ] || ow_means=Subreaper ;; esac
ow_sweep
ow_used=0 ow_made=0
ow_make 8 || exit 1
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
