# (b) A runbook of 20 trivial steps, one after another on one host, from a command that starts for it.

case_tools() {
    case_work=20
    open_masters 1
    b_playbook raw > "$work/raw.yml"
    b_playbook shell > "$work/shell.yml"
    tool "ssh loop" 2 ssh_loop
    tool "ansible-playbook raw" 1 playbook_with "$shared_config" "$work/raw.yml"
    tool "ansible-playbook shell" 1 playbook_with "$shared_config" "$work/shell.yml"
    can_take_part || return 0
    make_store b 1 one "$shared_config" b_steps
    tool OctoWorkers 2 run_bench b
}

ssh_loop() {
    local step
    for ((step = 1; step <= 20; step++)); do ssh -F "$shared_config" h1 true || return; done
}

b_playbook() { # MODULE
    local step
    printf -- '- hosts: h1\n  gather_facts: false\n  tasks:\n'
    for ((step = 1; step <= 20; step++)); do printf '    - name: Step %s\n      %s: "true"\n' "$step" "$1"; done
}

b_steps() {
    local step
    for ((step = 1; step <= 20; step++)); do printf '      - name: Step %s\n        pool: Hosts\n        bash: "true"\n' "$step"; done
}
