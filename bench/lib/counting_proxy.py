"""An ssh ProxyCommand that counts: how many bytes went to the host is in FOLDER/PID at every moment, also when it is ended.

usage: counting_proxy.py HOST PORT FOLDER
"""
import os
import selectors
import socket
import sys

MOST = 1 << 18


def write_all(target, data):
    while data:
        data = data[os.write(target, data):]


def main():
    host, port, folder = sys.argv[1:]
    connection = socket.create_connection((host, int(port)))
    count = os.open(f"{folder}/{os.getpid()}", os.O_WRONLY | os.O_CREAT, 0o600)
    sent = 0
    with selectors.DefaultSelector() as ready:
        ready.register(0, selectors.EVENT_READ, connection.fileno())
        ready.register(connection, selectors.EVENT_READ, 1)
        while True:
            for key, _ in ready.select():
                data = os.read(key.fd, MOST)
                if not data:
                    return
                write_all(key.data, data)
                if key.fd == 0:
                    sent += len(data)
                    os.pwrite(count, b"%d\n" % sent, 0)


main()
