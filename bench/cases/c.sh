# (c) One trivial step on many hosts at once, all connected.

case_tools() {
    local hosts=$host_count
    open_masters "$hosts"
    tool "processes here, no ssh" 1 xargs_local
    tool "xargs -P ssh" 1 xargs_with "$shared_config" "$hosts" h "$hosts"
    tool "pdsh" 1 pdsh_with "$shared_config" -f "$hosts" -w "h[1-$hosts]" true
    tool "clush" 1 clush_with "$shared_config" -f "$hosts" -w "h[1-$hosts]" true
    tool "ansible raw" 1 ansible_with "$shared_config" "hosts[0:$((hosts - 1))]" -f "$hosts" -m raw -a true
    tool "ansible shell" 1 ansible_with "$shared_config" "hosts[0:$((hosts - 1))]" -f "$hosts" -m shell -a true
    can_take_part || return 0
    make_store c "$hosts" own "$plain_config" step_on_each_host
    open_engine c 1 1
    tool OctoWorkers 1 engine_runs 1 1
}

xargs_local() { seq "$host_count" | xargs -P "$host_count" -I{} bash -c true; }
