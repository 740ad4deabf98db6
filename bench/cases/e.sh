# (e) One step that prints much in lines of 100 bytes. The other tools write it to a file, OctoWorkers to the run's log.

case_tools() {
    e_prepare "$output_megabytes"
    tool "parallel" 1 with_peak parallel -j 1 ssh -F "$shared_config" {} "$(printf %q "$e_command")" ::: h1
    tool "pdsh" 1 e_pdsh
    tool "clush" 1 with_peak clush -S -q -o "-F $shared_config" -w h1 "$e_command"
    tool "ansible shell" 1 e_ansible
    e_octoworkers e
}

e_prepare() { # MEGABYTES
    case_work=$(($1 * 1000 * 1000)) case_least_output=$(($1 * 1000 * 1000))
    e_command=$(printf "yes '%099d' | head -c %d" 0 "$case_work")
    open_masters 1
    tool "ssh to a file" 1 with_peak ssh -F "$shared_config" h1 "$e_command"
}

e_octoworkers() { # STORE
    can_take_part || return 0
    make_store "$1" 1 one "$shared_config" e_steps
    tool OctoWorkers 1 e_run "$1"
}

e_pdsh() { PDSH_SSH_ARGS_APPEND="-F $shared_config" with_peak pdsh -S -w h1 "$e_command"; }

e_ansible() { ANSIBLE_CONFIG=$work/ansible_shared.cfg with_peak ansible h1 -m shell -a "$e_command"; }

e_run() { OCTOWORKERS_HOME=$work/stores/$1 with_peak "$command_folder/octoworkers" run Bench --environment Bench --quiet; }

e_steps() { printf '      - name: Step\n        pool: Hosts\n        bash: "%s"\n' "$e_command"; }
