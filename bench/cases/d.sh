# (d) Many runs of one trivial step over 8 connected hosts, 16 at a time.

case_tools() {
    local runs=$runs_count
    case_work=$runs
    open_masters 8
    open_program shells /usr/bin/python3 "$bench/lib/open_shells.py" "$shared_config" 8 16
    tool "lines to open shells" 1 tell_shells
    tool "xargs -P16 ssh" 1 xargs_with "$shared_config" "$runs" r 16
    tool "pdsh" 1 pdsh_with "$shared_config" -f 16 -w "r[1-$runs]" true
    tool "clush" 1 clush_with "$shared_config" -f 16 -w "r[1-$runs]" true
    tool "parallel" 1 parallel_runs
    tool "ansible raw" 1 ansible_with "$shared_config" runs -f 16 -m raw -a true
    tool "ansible shell" 1 ansible_with "$shared_config" runs -f 16 -m shell -a true
    can_take_part || return 0
    make_store d 8 one "$plain_config" one_step
    open_engine d 16 16
    tool OctoWorkers 1 engine_runs "$runs" 16
}

parallel_runs() { seq -f 'r%g' "$runs_count" | parallel -j 16 ssh -F "$shared_config" {} true; }

tell_shells() {
    ask_program shells "$runs_count"
    own_seconds=$answer
}
