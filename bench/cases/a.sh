# (a) One trivial Bash step on a host that is connected.

case_tools() {
    local fast=10
    open_masters 1
    tool "ssh over ControlMaster" $fast ssh_with "$shared_config" h1 true
    tool "ssh -V, only the client" $fast ssh -V
    open_shell
    tool "line to an open shell" $fast line_to_shell
    tool "pdsh" $fast pdsh_with "$shared_config" -w h1 true
    tool "clush" 2 clush_with "$shared_config" -w h1 true
    tool "ansible raw" 1 ansible_with "$shared_config" h1 -m raw -a true
    tool "ansible shell" 1 ansible_with "$shared_config" h1 -m shell -a true
    if [[ -n $octoworkers_problem ]]; then missing_tool OctoWorkers "$octoworkers_problem"; return; fi
    make_store a 1 one "$plain_config" one_step
    open_engine a connect
    tool OctoWorkers $fast tell_engine runs 1 1
}

open_shell() {
    coproc shell { exec ssh -F "$plain_config" h1 sh 2> /dev/null; }
    shell_pid=$shell_PID shell_in=${shell[1]} shell_out=${shell[0]}
    line_to_shell
}

line_to_shell() {
    local answer
    echo 'bash -c true; echo $?' >&"$shell_in"
    read -r answer <&"$shell_out" && ((answer == 0))
}

case_end() {
    kill "$shell_pid"
    wait "$shell_pid" 2> /dev/null || true
    close_engine
}
