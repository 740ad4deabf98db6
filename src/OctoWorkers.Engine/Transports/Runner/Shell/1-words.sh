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
#                     Line 2: slot. Line 3: control group, "adopted" (by a subreaper) or "-". Then "p PID" (supervisor).
#   k.RUN.TICKET/     working directory into which packages were put before the attempt
#   h.RUN.HASH        a second link to a package of the cache, which the run uses
#   s.CHANNEL.N/      slot, made ahead: w (working directory), p1 p2 p3 (pipes; the last one for the input), then script, o1 o2 (output), k (do not start), t (receipt of a termination), i ("i PID PID…": interpreter, readers, writer), m1.* m2.* (read marks), f.CHANNEL.ID/ (a file that is fetched)

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
