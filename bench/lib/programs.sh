# Programs that stay open: each is told a line and answers with a line.

declare -A program_pids=() program_inputs=() program_outputs=()

open_program() { # NAME COMMAND...
    local name=$1 input output other
    mkfifo "$work/$name.in" "$work/$name.out"
    (
        # Else this program would keep the inputs of the others open, and they would not see their end.
        for other in ${program_inputs[@]+"${program_inputs[@]}"}; do exec {other}>&-; done
        exec "${@:2}" < "$work/$name.in" > "$work/$name.out" 2> "$work/$name.err"
    ) &
    program_pids[$name]=$!
    exec {input}> "$work/$name.in" {output}< "$work/$name.out"
    rm "$work/$name.in" "$work/$name.out"
    program_inputs[$name]=$input program_outputs[$name]=$output
}

ask_program() { # NAME LINE: sets $answer
    answer=
    echo "$2" >&"${program_inputs[$1]}" || true
    read -r answer <&"${program_outputs[$1]}" || true
    [[ -n $answer ]] || fail "the program '$1' gave no answer: $(tail -n 5 "$work/$1.err")"
}

close_program() { # NAME: it leaves when its input ends, and is made to when it does not
    local pid=${program_pids[$1]} input=${program_inputs[$1]} output=${program_outputs[$1]}
    unset "program_pids[$1]" "program_inputs[$1]" "program_outputs[$1]"
    exec {input}>&-
    wait_until 20 has_ended "$pid" || kill "$pid" 2> /dev/null || true
    wait "$pid" 2> /dev/null || true
    exec {output}<&-
}

has_ended() { ! kill -0 "$1" 2> /dev/null; }

close_programs() {
    local name
    for name in "${!program_pids[@]}"; do close_program "$name"; done
}
