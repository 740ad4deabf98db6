# ---- a subreaper, where no control group can be made ----

# Two processes: one waits for the interpreter's exit code and passes it on; the other is the interpreter's parent and adopts what
# its tree leaves behind, so that having no child any more is certain. In the slot:
#   a  process id of the adopter, which holds it open as descriptor 3; there before the mark k is looked for
#   q  milliseconds of grace; SIGUSR1 says that it is there: end everything
#   r  receipt: something withstands KILL
#   z  receipt: no child is left, and the adopter has ended
#   l  the adopter was killed, so that the interpreter's end will never be known
# The environment is read as it was given: python changes its own in the C locale.
ow_adopt='
import os, signal, sys, time
try: source = os.dup(3)
except OSError: source = None
def put(name, words):
    with open(slot + name + ".new", "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write("".join(word + "\n" for word in words))
    os.rename(slot + name + ".new", slot + name)

def family():
    children, names = {}, {}
    for pid in os.listdir("/proc"):
        if not pid.isdigit(): continue
        try:
            with open("/proc/" + pid + "/stat", "rb") as file: head, _, tail = file.read().rpartition(b") ")
        except OSError: continue
        tail = tail.split()
        if tail[0] in b"ZX": continue
        names[int(pid)] = head.partition(b"(")[2]
        children.setdefault(int(tail[1]), []).append(int(pid))
    found, look = {}, [os.getpid()]
    while look:
        for pid in children.get(look.pop(), ()):
            found[pid] = names[pid]
            look.append(pid)
    return found

def word(name):
    return "".join(chr(c) if chr(c).isalnum() and c < 128 or c in b"/._+@-" else "%%%02x" % c for c in name) or "?"

def receipt(verdict, left):
    def some(pids): return ["%d:%s:%s" % (pid, word(seen[pid][0]), seen[pid][1]) for pid in sorted(pids)[:100]]
    return [verdict, "ended"] + some(pid for pid in seen if pid not in left) + ["left"] + some(left)

def interpreter(args):
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP): signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.setsid()
    if source is not None: os.dup2(source, 3)
    try: os.execvpe(args[0], args, given)
    except OSError as error:
        os.write(2, os.fsencode(args[0]) + b": " + error.strerror.encode() + b"\n")
        os._exit(127 if error.errno == 2 else 126)

def quiet():
    null = os.open("/dev/null", os.O_RDWR)
    for number in 0, 1, 2: os.dup2(null, number)

def reap():
    global main
    while True:
        try: pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError: return True
        if pid == 0: return False
        if pid == main:
            main = 0
            quiet()
            try: os.write(tell, b"%d" % (128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)))
            except OSError: pass
            os.close(tell)

def step():
    global asked, deadline
    left = family()
    late = time.monotonic() >= deadline
    for pid, name in left.items():
        if pid in seen and not late: continue
        seen[pid] = name, "KILL" if late else "TERM"
        for number in (signal.SIGKILL,) if late else (signal.SIGTERM, signal.SIGCONT):
            try: os.kill(pid, number)
            except OSError: pass
    if time.monotonic() > deadline + 10:
        put("r", receipt("Left", left))
        deadline = None

slot, seen, deadline = sys.argv[1] + "/", {}, None
with open("/proc/self/environ", "rb") as file:
    given = dict(pair.split(b"=", 1) for pair in file.read().split(b"\0") if b"=" in pair)
wakes = {signal.SIGCHLD, signal.SIGUSR1}
signal.pthread_sigmask(signal.SIG_BLOCK, wakes)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
for number in signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGPIPE: signal.signal(number, signal.SIG_IGN)
ear, tell = os.pipe()
adopter = os.fork()
if adopter:
    os.close(tell)
    if source is not None: os.close(3); os.close(source)
    quiet()
    code = os.read(ear, 9)
    if code: os._exit(int(code))
    status = os.waitpid(adopter, 0)[1]
    if status not in (126 << 8, 143 << 8): put("l", [])
    os._exit(os.WEXITSTATUS(status) or 126)
os.close(ear)
import ctypes
os.setsid()
if ctypes.CDLL(None).prctl(36, 1, 0, 0, 0): os._exit(126)
if tell == 3: tell = os.dup(tell)
put("a", [str(os.getpid())])
mark = os.open(slot + "a", os.O_RDONLY)
if mark != 3: os.dup2(mark, 3, False); os.close(mark)
if os.path.exists(slot + "k"):
    put("z", receipt("NothingLeft", ()))
    os._exit(143)
main = os.fork()
if not main: interpreter([os.fsencode(arg) for arg in sys.argv[2:]])
if source is not None: os.close(source)
pause = 0.002
while not reap():
    if deadline is None: woken = signal.sigwait(wakes)
    else:
        step()
        woken = None if deadline is None else signal.sigtimedwait(wakes, pause)
        if woken is not None: woken = woken.si_signo
        pause = min(pause * 1.5, 0.05)
    if woken == signal.SIGUSR1:
        with open(slot + "q") as file: until = time.monotonic() + int(file.read()) / 1000
        deadline = until if deadline is None else min(until, deadline)
put("z", receipt("NothingLeft", ()))
'

ow_adopter_at() { # sets ow_adopter: a python that can be a subreaper
  ow_adopter=
  [ -n "$ow_proc" ] || return
  ow_adopter=$(python3 -I -S -c 'import ctypes, sys; sys.exit(1) if ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) else print(sys.executable)' </dev/null 2>/dev/null)
  [ -x "$ow_adopter" ] || { ow_adopter=; return; }
  # The adopter gives the interpreter its session and its signals.
  ow_prefix= ow_session= ow_ahead=
  ow_launch() {
    ow_supervise "$@" &
    echo "p $!" >>"$ow_x"
  }
}

ow_adopter_lives() { # sets ow_pid
  { read -r ow_pid <"$ow_slot/a"; } 2>/dev/null && ow_holds "$ow_pid" 3 "$ow_slot/a"
}

# Has the adopter end everything, and answers. False where there is no adopter that could be sure.
ow_adopter_ends() { # milliseconds
  ow_turn=0 ow_file=
  rm -f "$ow_slot/r"
  while :; do
    # Between its file and its descriptor the adopter is there, but not yet to be told from another process.
    if [ -z "$ow_file" ] && ow_adopter_lives; then
      echo "$1" >"$ow_slot/q.$ow_id" && mv "$ow_slot/q.$ow_id" "$ow_slot/q" && kill -USR1 "$ow_pid" && ow_file=told
    fi
    for ow_name in z r; do
      [ -e "$ow_slot/$ow_name" ] || continue
      ow_say_receipt "$ow_slot/$ow_name" Subreaper
      return
    done
    ow_turn=$((ow_turn + 1))
    if [ $((ow_turn % 8)) = 0 ] && ! ow_adopter_lives; then
      [ ! -e "$ow_slot/z" ] || continue
      [ -z "$ow_file" ] && [ $ow_turn -lt 400 ] && ow_state_of "$ow_x" && [ "$ow_code" = run ] || return
      [ ! -e "$ow_slot/a" ] || kill -0 "$ow_pid" || return
    fi
    sleep 0.02 || sleep 1
  done 2>/dev/null
}
