#!/usr/bin/env bash
# How many bytes 50 runs that want one package of 200 MB send to 4 hosts, counted on the connections. See README.md.
set -euo pipefail
export LC_ALL=C.UTF-8

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$bench")

usage() {
    cat <<'TEXT'
usage: bench/packages.sh [--runs N] [--hosts N] [--megabytes N] [--at-once N] [--peers] [--build DIR]

  --runs N       how many runs want the package (50)
  --hosts N      over how many hosts they go (4)
  --megabytes N  how big it is, in millions of bytes (200)
  --at-once N    how many runs go at a time (16)
  --peers        also sends it by ansible and through ssh to a file, once a run; takes minutes
  --build DIR    takes OctoWorkers from DIR, and builds it there when it is missing (a temporary folder)
TEXT
}

fail() { printf 'packages.sh: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

runs_count=50
host_count=4
megabytes=200
at_once=16
peers=
build=
while (($#)); do
    case $1 in
        --runs) runs_count=${2:?--runs needs a number} ; shift 2 ;;
        --hosts) host_count=${2:?--hosts needs a number} ; shift 2 ;;
        --megabytes) megabytes=${2:?--megabytes needs a number} ; shift 2 ;;
        --at-once) at_once=${2:?--at-once needs a number} ; shift 2 ;;
        --peers) peers=1 ; shift ;;
        --build) build=${2:?--build needs a folder} ; shift 2 ;;
        --help | -h) usage ; exit 0 ;;
        *) usage >&2 ; fail "unknown option $1" ;;
    esac
done
for number in "$runs_count" "$host_count" "$megabytes" "$at_once"; do
    [[ $number =~ ^[1-9][0-9]*$ ]] || fail "'$number' is not a number of at least 1"
done

work=$(mktemp -d "${TMPDIR:-/tmp}/octoworkers-packages.XXXXXX")
mkdir "$work/sent"
source "$bench/lib/hosts.sh"
source "$bench/lib/programs.sh"
source "$bench/lib/octoworkers.sh"
source "$bench/lib/ending.sh"

# A home of its own for each host, where its packages lie; every connection counts what goes to the host.
host_options() { # NUMBER
    mkdir -m 700 "$work/home.$1"
    printf -- '-o\nSetEnv=HOME=%s/home.%s\n' "$work" "$1"
}

client_options() { printf '    ProxyCommand /usr/bin/python3 %s/lib/counting_proxy.py %%h %%p %s/sent\n' "$bench" "$work"; }

package_step() {
    printf '      - name: Step\n        pool: Hosts\n        packages: [{id: Big, extract: false}]\n        bash: "test -s Big.1.0.0.tar.gz"\n'
}

# The bytes that went to all hosts since the last call.
sent() { cat "$work/sent/"* | awk '{ sum += $1 } END { printf "%d", sum }'; rm -f "$work/sent/"*; }

run_packages() {
    open_program engine env "OCTOWORKERS_HOME=$work/stores/packages" "$program_folder/OctoWorkers.Bench"
    ask_program engine "$runs_count $at_once"
    close_program engine
}

copy_each_run() {
    local run
    for ((run = 0; run < runs_count; run++)); do echo "h$((run % host_count + 1))"; done |
        xargs -P "$at_once" -I{} sh -c 'ssh -F "$1" "$3" "cat > $4/copy.$$ && rm $4/copy.$$" < "$2"' sh "$plain_config" "$package" {} "$work"
}

copy_by_ansible() { # each run is a play of its own, as it would be for somebody who starts them
    local run
    for ((run = 0; run < runs_count; run++)); do echo "h$((run % host_count + 1))"; done |
        ANSIBLE_CONFIG=$work/ansible.cfg xargs -P "$at_once" -I{} ansible {} -i "$hosts" -m copy -a "src=$package dest=big.tar.gz"
}

measure() { # NAME COMMAND...
    local began=$EPOCHREALTIME bytes
    "${@:2}" < /dev/null > "$work/out" 2> "$work/err" || fail "$1 failed: $(tail -n 5 "$work/err" "$work/out")"
    local ended=$EPOCHREALTIME
    bytes=$(sent)
    awk -v name="$1" -v bytes="$bytes" -v one="$size" -v hosts="$host_count" -v seconds="$(awk "BEGIN { print $ended - $began }")" \
        'BEGIN { printf "%-22s %10.1f MB  %6.3f x %d packages  %6.1f s\n", name, bytes / 1e6, bytes / one / hosts, hosts, seconds }'
}

build_octoworkers
[[ -z $octoworkers_problem ]] || fail "OctoWorkers: $octoworkers_problem"
start_hosts "$host_count"
package=$work/Big.1.0.0.tar.gz
head -c "$((megabytes * 1000000))" /dev/urandom > "$work/content"
tar -C "$work" -c content | gzip -1 > "$package"
rm "$work/content"
size=$(stat -c %s "$package")
make_store packages "$host_count" one "$plain_config" package_step
octoworkers_once packages package push "$package"
sent > "$work/before"

say "$runs_count runs, $host_count hosts, one package of $size bytes, $at_once runs at a time"
measure OctoWorkers run_packages
measure "the same runs again" run_packages
[[ -n $peers ]] || exit 0
if command -v ansible > /dev/null; then
    hosts=$(seq -s , -f 'h%g' "$host_count"),
    printf '[defaults]\ngathering = explicit\nlocal_tmp = %s/ansible\ninterpreter_python = /usr/bin/python3\n[ssh_connection]\npipelining = true\nssh_args = -F %s\n' "$work" "$plain_config" > "$work/ansible.cfg"
    export ANSIBLE_HOME=$work/ansible
    measure "ansible copy each run" copy_by_ansible
fi
measure "ssh cat each run" copy_each_run
