# The hosts: one sshd per loopback address, with sshd's own limits, the same for every tool.
# Needs $work. Sets $shared_config (sessions share one open connection per host) and $plain_config (each connects anew).

port=$((20000 + RANDOM % 10000))
shared_config=$work/ssh_shared
plain_config=$work/ssh_plain
host_pids=()
master_pids=()
opened_masters=0

host_address() { echo "127.66.0.$1"; }
host_options() { :; } # NUMBER: a measurement that needs its hosts otherwise says so, a word of sshd's command line a line
client_options() { :; } # the same for ssh, a line of its configuration a line

start_hosts() { # COUNT
    local count=$1 sshd number options
    sshd=$(command -v sshd || echo /usr/sbin/sshd)
    [[ $EUID -ne 0 ]] || mkdir -p /run/sshd
    # A home of their own: a .bashrc here would be a part of every tool's every step.
    mkdir -m 700 "$work/masters" "$work/home"
    ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/host_key"
    ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/client_key"
    cp "$work/client_key.pub" "$work/authorized_keys"
    printf '* %s\n' "$(< "$work/host_key.pub")" > "$work/known_hosts"
    cat > "$work/sshd_config" <<TEXT
Port $port
HostKey $work/host_key
AuthorizedKeysFile $work/authorized_keys
PidFile none
StrictModes no
UsePAM no
LogLevel QUIET
SetEnv HOME=$work/home
TEXT
    write_client_configs "$count"
    for ((number = 1; number <= count; number++)); do
        mapfile -t options < <(host_options "$number")
        "$sshd" -D -f "$work/sshd_config" -o "ListenAddress=$(host_address "$number")" ${options[@]+"${options[@]}"} < /dev/null 2>> "$work/sshd.log" &
        host_pids+=($!)
    done
    for ((number = 1; number <= count; number++)); do
        wait_until 10 port_is_open "$(host_address "$number")" || fail "the sshd of host $number did not start: $(< "$work/sshd.log")"
    done
    ssh -F "$plain_config" h1 true || fail "ssh cannot log in on its own sshd"
    say "started $count sshds on port $port"
}

port_is_open() { (: > "/dev/tcp/$1/$port") 2> /dev/null; }

wait_until() { # SECONDS COMMAND...: waits until the command succeeds
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < until)) || return 1
        read -rt 0.02 <> <(:) || true
    done
}

write_client_configs() { # COUNT: h1, h2, ... are the hosts; r1, r2, ... are the first eight in turn, a name for each of many runs
    local count=$1 number alias names runs_hosts=$((count < 8 ? count : 8))
    {
        for ((number = 1; number <= count; number++)); do
            names=h$number
            if ((number <= runs_hosts)); then
                for ((alias = number; alias <= runs_count; alias += runs_hosts)); do names+=" r$alias"; done
            fi
            printf 'Host %s\n    HostName %s\n' "$names" "$(host_address "$number")"
        done
        cat <<TEXT
Host *
    Port $port
    User $(id -un)
    IdentityFile $work/client_key
    IdentitiesOnly yes
    UserKnownHostsFile $work/known_hosts
    GlobalKnownHostsFile /dev/null
    BatchMode yes
    LogLevel ERROR
TEXT
        client_options
    } > "$plain_config"
    {
        cat "$plain_config"
        printf '    ControlMaster auto\n    ControlPath %s/masters/%%h\n    ControlPersist 10m\n' "$work"
    } > "$shared_config"
}

open_masters() { # COUNT: the hosts 1 to COUNT have an open connection afterwards
    local number
    for ((number = opened_masters + 1; number <= $1; number++)); do
        # Without ControlPersist a master stays a child of this script, which can so end it by its id.
        ssh -F "$shared_config" -o ControlMaster=yes -o ControlPersist=no -N "h$number" < /dev/null > /dev/null &
        master_pids+=($!)
    done
    for ((; opened_masters < $1; opened_masters++)); do
        wait_until 30 test -S "$work/masters/$(host_address $((opened_masters + 1)))" || fail "no connection to h$((opened_masters + 1))"
    done
}

end_hosts() {
    local pid
    for pid in ${master_pids[@]+"${master_pids[@]}"} ${host_pids[@]+"${host_pids[@]}"}; do
        kill "$pid" 2> /dev/null || true
        wait "$pid" 2> /dev/null || true
    done
}
