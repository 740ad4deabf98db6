# OctoWorkers: the published command, and a program that has the engine in its own process.
# Each store is a folder; a store is made from generated definitions, and its workers' health is known before anything is timed.

octoworkers_problem=

build_octoworkers() {
    local folder=${build:-$work/build} log=$work/build.log
    command_folder=$folder/command program_folder=$folder/program
    # As machine code where it can be made: the command beside the one that it hands over to, as installed.
    native=
    if command -v cc > /dev/null; then native=-p:Native=true command_folder=$folder/command/native; fi
    if [[ ! -x $command_folder/octoworkers || ! -x $program_folder/OctoWorkers.Bench ]]; then
        command -v dotnet > /dev/null || { octoworkers_problem="no dotnet" ; return 0 ; }
        say "publishing OctoWorkers"
        publish OctoWorkers.Cli "$repository/src" "$folder/command" > "$log" 2>&1 &&
            { [[ -z $native ]] || publish OctoWorkers.Cli "$repository/src" "$command_folder" "$native" >> "$log" 2>&1; } &&
            publish OctoWorkers.Bench "$bench" "$program_folder" $native >> "$log" 2>&1 || {
            say "OctoWorkers was not built: $(grep -m 3 -E 'error' "$log" || tail -n 3 "$log")"
            octoworkers_problem="not built"
            return 0
        }
    fi
    if ! OCTOWORKERS_HOME=$work/probe "$command_folder/octoworkers" runs --output json > /dev/null 2> "$log"; then
        say "the command octoworkers does not work: $(tail -n 3 "$log")"
        octoworkers_problem="does not work"
    fi
}

publish() { # PROJECT FOLDER OUTPUT OPTIONS...
    dotnet publish "$2/$1/$1.csproj" -c Release -r linux-x64 -o "$3" -nologo -v q "${@:4}"
}

# Whether OctoWorkers can take part in the case that is being run; if not, the case's table says so.
can_take_part() {
    [[ -n $octoworkers_problem ]] || return 0
    missing_tool OctoWorkers "$octoworkers_problem"
    return 1
}

octoworkers_with() { OCTOWORKERS_HOME=$work/stores/$1 "$command_folder/octoworkers" "${@:2}"; }

# Makes a store with the environment Bench, workers, and the runbook Bench. WRITE_STEPS prints the runbook's definition below `steps:`.
# OWN_POOLS: `own` puts each worker in a pool of its own, `one` puts all of them in the pool Hosts.
make_store() { # STORE WORKERS OWN_POOLS SSH_CONFIG WRITE_STEPS
    local store=$1 workers=$2 pools=$3 config=$4 write_steps=$5 number pool
    local folder=$work/definitions/$store
    mkdir -p "$folder" "$work/stores/$store"
    {
        printf 'environments:\n  - name: Bench\npools:\n'
        if [[ $pools == one ]]; then
            printf '  - name: Hosts\n'
        else
            for ((number = 1; number <= workers; number++)); do printf '  - name: Host %s\n' "$number"; done
        fi
        printf 'workers:\n'
        for ((number = 1; number <= workers; number++)); do
            pool=Hosts
            [[ $pools == one ]] || pool="Host $number"
            printf '  - name: h%s\n    connection: {ssh: {host: h%s, configFile: "%s"}}\n    pools: [%s]\n' "$number" "$number" "$config" "$pool"
        done
        printf 'runbooks:\n  - name: Bench\n    maxParallelism: %s\n    steps:\n' "$((workers > 10 ? workers : 10))"
        "$write_steps"
    } > "$folder/bench.yaml"
    octoworkers_once "$store" apply "$folder"
    octoworkers_once "$store" worker test --all
}

one_step() { printf '      - name: Step\n        pool: Hosts\n        bash: "true"\n'; }

step_on_each_host() {
    local number
    for ((number = 1; number <= host_count; number++)); do
        printf '      - name: Step %s\n        pool: Host %s\n        bash: "true"\n' "$number" "$number"
        ((number == 1)) || printf '        start: withPrevious\n'
    done
}

octoworkers_once() { # STORE ARGUMENTS...
    octoworkers_with "$@" > "$work/octoworkers.out" 2>&1 || fail "octoworkers ${*:2} failed: $(tail -n 5 "$work/octoworkers.out")"
}

run_bench() { octoworkers_with "$1" run Bench --environment Bench --quiet; }

# The engine in one process, with connections that stay open. It is told how many runs to do and how many at a time, and answers with
# the seconds that took. Its first runs connect it.
open_engine() { # STORE RUNS AT_ONCE
    open_program engine env "OCTOWORKERS_HOME=$work/stores/$1" "$program_folder/OctoWorkers.Bench"
    engine_runs "$2" "$3"
}

engine_runs() { # RUNS AT_ONCE
    ask_program engine "$1 $2"
    own_seconds=$answer
}

# The background driver of a store leaves by itself when it is idle; the bench does not wait for that.
end_octoworkers() {
    local folder pid
    [[ -d $work/stores ]] || return 0
    for folder in /proc/[0-9]*; do
        pid=${folder#/proc/}
        [[ $pid != "$$" ]] || continue
        if tr '\0' '\n' 2> /dev/null < "$folder/environ" | grep -q "^OCTOWORKERS_HOME=$work/stores/"; then kill "$pid" 2> /dev/null || true; fi
    done
}
