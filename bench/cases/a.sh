# (a) One trivial Bash step on a host that is connected.

case_tools() {
    local fast=10
    open_masters 1
    tool "ssh over ControlMaster" $fast ssh_with "$shared_config" h1 true
    tool "ssh -V, only the client" $fast ssh -V
    open_program shell ssh -F "$shared_config" h1 sh
    tool "line to an open shell" $fast line_to_shell
    tool "pdsh" $fast pdsh_with "$shared_config" -w h1 true
    tool "clush" 2 clush_with "$shared_config" -w h1 true
    tool "ansible raw" 1 ansible_with "$shared_config" h1 -m raw -a true
    tool "ansible shell" 1 ansible_with "$shared_config" h1 -m shell -a true
    can_take_part || return 0
    make_store a 1 one "$plain_config" one_step
    open_engine a 1 1
    tool OctoWorkers $fast engine_runs 1 1
}

line_to_shell() {
    ask_program shell 'bash -c true; echo $?'
    ((answer == 0))
}
