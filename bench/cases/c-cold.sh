# (c') One trivial step on many hosts at once, none of them connected, from a command that starts for it.

case_tools() {
    local hosts=$host_count
    tool "xargs -P ssh" 1 xargs_with "$plain_config" "$hosts" h "$hosts"
    tool "pdsh" 1 pdsh_with "$plain_config" -f "$hosts" -w "h[1-$hosts]" true
    tool "clush" 1 clush_with "$plain_config" -f "$hosts" -w "h[1-$hosts]" true
    tool "ansible raw" 1 ansible_with "$plain_config" "hosts[0:$((hosts - 1))]" -f "$hosts" -m raw -a true
    tool "ansible shell" 1 ansible_with "$plain_config" "hosts[0:$((hosts - 1))]" -f "$hosts" -m shell -a true
    can_take_part || return 0
    make_store c-cold "$hosts" own "$plain_config" step_on_each_host
    tool OctoWorkers 1 run_bench c-cold
}
