"""Types into a program in a terminal of its own, as a person would: terminal.py PROGRAM [ARGUMENT ...], and on standard input pairs of lines, a text to wait
for and then a line to type. Ends with 0 once everything was seen, with 1 and what was on the screen when a text did not come in two minutes."""
import os, pty, select, sys, time

pairs = sys.stdin.read().splitlines()
process, terminal = pty.fork()
if process == 0:
    os.environ["TERM"] = "dumb"
    os.execvp(sys.argv[1], sys.argv[1:])

screen = b""


def wait_for(text):
    global screen
    limit = time.monotonic() + 120
    while text not in screen:
        if time.monotonic() > limit:
            print(f"'{text.decode()}' did not come. There is: {screen[-2000:].decode(errors='replace')}")
            return False
        if select.select([terminal], [], [], 1)[0]:
            try:
                came = os.read(terminal, 65536)
            except OSError:
                print(f"The program has ended before '{text.decode()}' came. There was: {screen[-2000:].decode(errors='replace')}")
                return False
            # A terminal answers where its cursor is.
            os.write(terminal, b"\x1b[20;1R" * came.count(b"\x1b[6n"))
            screen += came.replace(b"\x1b[6n", b"")
    screen = screen[screen.index(text) + len(text):]
    return True


good = True
for expected, typed in zip(pairs[::2], pairs[1::2]):
    good = wait_for(expected.encode())
    if not good:
        break
    os.write(terminal, typed.encode() + b"\r")
os.kill(process, 9)
os.waitpid(process, 0)
sys.exit(0 if good else 1)
