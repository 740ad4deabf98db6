"""Keeps shells open over ssh and sends them lines: what is left of a step when nothing is started, stored or logged but the step itself.

usage: open_shells.py SSH_CONFIG HOSTS SHELLS; reads how many steps to run, a number a line, and answers each with the seconds it took.
"""
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

STEP = b"bash -c true; echo $?\n"


def work(shell, jobs):
    for _ in jobs:
        shell.stdin.write(STEP)
        if shell.stdout.readline() != b"0\n":
            raise RuntimeError("a step failed")


def main():
    config, hosts, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    shells = [
        subprocess.Popen(["ssh", "-F", config, f"h{number % hosts + 1}", "sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        for number in range(count)
    ]
    with ThreadPoolExecutor(count) as threads:
        for line in sys.stdin:
            jobs = iter(range(int(line)))
            began = time.perf_counter()
            list(threads.map(lambda shell: work(shell, jobs), shells))
            print(f"{time.perf_counter() - began:.6f}", flush=True)


main()
