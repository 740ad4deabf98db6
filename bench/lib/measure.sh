# Turns and clocks. Every measurement is one line of $results:
# case, tool, unit of work done, seconds, peak memory in KiB (or -), separated by tabs.

results=$work/results.tsv
: > "$results"
tool_names=()
tool_commands=()
tool_calls=()

# Declares a tool of the case that is being run. CALLS: how many measurements one turn has.
# The command is a program or a function; a function may set $own_seconds when it has a better clock than the one around it.
tool() { # NAME CALLS COMMAND...
    tool_names+=("$1")
    tool_calls+=("$2")
    tool_commands+=("$(printf '%q ' "${@:3}")")
}

# Declares that OctoWorkers is missing from a case, and why.
missing_tool() { # NAME REASON
    printf '%s\t%s\tmissing\t%s\n' "$case_name" "$1" "$2" >> "$results"
}

run_case() { # NAME: the case's file defines case_tools; that sets case_work: how much work one call does,
    # and case_least_output, where each tool but OctoWorkers (which has a log) must print that many bytes
    local turn index call
    case_name=$1 case_work=1 case_least_output=0
    tool_names=() tool_commands=() tool_calls=()
    say "case $case_name"
    case_tools
    for index in "${!tool_names[@]}"; do measure "$index" /dev/null; done
    for ((turn = 1; turn <= repeat; turn++)); do
        for index in "${!tool_names[@]}"; do
            for ((call = 0; call < tool_calls[index]; call++)); do measure "$index" "$results"; done
        done
    done
    close_programs
}

measure() { # INDEX FILE
    local began ended microseconds size status=0 peak=-
    own_seconds=
    rm -f "$work/peak" "$work/stdout"
    began=${EPOCHREALTIME/./}
    eval "${tool_commands[$1]}" < /dev/null > "$work/stdout" 2> "$work/stderr" || status=$?
    ended=${EPOCHREALTIME/./}
    ((status == 0)) || fail "case $case_name: ${tool_names[$1]} ended with $status: $(tail -n 5 "$work/stderr" "$work/stdout")"
    if ((case_least_output > 0)) && [[ ${tool_names[$1]} != OctoWorkers ]]; then
        size=$(stat -c %s "$work/stdout")
        ((size >= case_least_output)) || fail "case $case_name: ${tool_names[$1]} printed $size bytes instead of $case_least_output"
    fi
    if [[ -z $own_seconds ]]; then
        microseconds=$((ended - began))
        printf -v own_seconds '%d.%06d' $((microseconds / 1000000)) $((microseconds % 1000000))
    fi
    [[ ! -s $work/peak ]] || peak=$(< "$work/peak")
    printf '%s\t%s\t%s\t%s\t%s\n' "$case_name" "${tool_names[$1]}" "$case_work" "$own_seconds" "$peak" >> "$2"
}

# Runs a program and leaves the peak memory of its biggest process for the measurement.
with_peak() { /usr/bin/time -q -o "$work/peak" -f %M "$@"; }
