# (g) How long a command takes to start: OctoWorkers lists the latest of many stored runs, the others do nothing at all.

case_tools() {
    tool "python3 -c pass" 10 /usr/bin/python3 -c pass
    tool "clush --version" 3 clush --version
    tool "ansible --version" 3 ansible --version
    can_take_part || return 0
    make_store g 1 one "$plain_config" one_step
    open_engine g "$stored_runs" 16
    close_program engine
    tool OctoWorkers 10 octoworkers_with g runs --output json
}
