#!/usr/bin/env bash
# Runs the same work through OctoWorkers and through other tools, in turns, and prints medians and ratios. See README.md.
set -euo pipefail
export LC_ALL=C.UTF-8

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$bench")

usage() {
    cat <<'TEXT'
usage: bench/compare.sh [--cases a,b,c,c-cold,d,e,e-large,g] [--repeat N] [--hosts N] [--quick] [--build DIR] [--json FILE]

  --cases LIST  which cases to run, separated by commas (all)
  --repeat N    how often each tool has its turn in a case (5)
  --hosts N     how many hosts the cases c and c-cold have (64)
  --quick       2 turns, 16 hosts and less work: to see that it runs, not to quote
  --build DIR   takes OctoWorkers from DIR, and builds it there when it is missing (a temporary folder)
  --json FILE   also writes every measurement and the medians to FILE
TEXT
}

fail() { printf 'compare.sh: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

cases=a,b,c,c-cold,d,e,e-large,g
repeat=5
host_count=64
quick=
build=
json=
while (($#)); do
    case $1 in
        --cases) cases=${2:?--cases needs a list} ; shift 2 ;;
        --repeat) repeat=${2:?--repeat needs a number} ; shift 2 ;;
        --hosts) host_count=${2:?--hosts needs a number} ; shift 2 ;;
        --quick) quick=1 repeat=2 host_count=16 ; shift ;;
        --build) build=${2:?--build needs a folder} ; shift 2 ;;
        --json) json=${2:?--json needs a file} ; shift 2 ;;
        --help | -h) usage ; exit 0 ;;
        *) usage >&2 ; fail "unknown option $1" ;;
    esac
done
[[ $repeat =~ ^[1-9][0-9]*$ ]] || fail "--repeat $repeat is not a number of at least 1"
[[ $host_count =~ ^[1-9][0-9]*$ && $host_count -le 250 ]] || fail "--hosts $host_count is not a number from 1 to 250"
cases=${cases//"c'"/c-cold}
IFS=, read -ra chosen <<< "$cases"
for name in "${chosen[@]}"; do
    compgen -G "$bench/cases/$name.sh" > /dev/null || fail "there is no case '$name'; there are: a, b, c, c-cold, d, e, e-large, g"
done

# The amount of work of the cases that have one.
runs_count=500 output_megabytes=100 stored_runs=10000
[[ -z $quick ]] || runs_count=100 output_megabytes=20 stored_runs=1000

work=$(mktemp -d "${TMPDIR:-/tmp}/octoworkers-bench.XXXXXX")
source "$bench/lib/hosts.sh"
source "$bench/lib/programs.sh"
source "$bench/lib/peers.sh"
source "$bench/lib/octoworkers.sh"
source "$bench/lib/measure.sh"
source "$bench/lib/ending.sh"

needed_hosts=8
[[ ,$cases, != *,c,* && ,$cases, != *,c-cold,* ]] || needed_hosts=$((host_count > 8 ? host_count : 8))

install_peers
build_octoworkers
start_hosts "$needed_hosts"
configure_peers
for name in "${chosen[@]}"; do
    source "$bench/cases/$name.sh"
    run_case "$name"
done
/usr/bin/python3 "$bench/lib/report.py" "$results" ${json:+--json "$json"}
