# The other tools: installed from Debian, told to use our ssh configuration, and nothing of the user's own.

peer_packages=(openssh-server openssh-client pdsh clustershell ansible-core parallel time)

install_peers() {
    local missing=() package
    for package in "${peer_packages[@]}"; do
        [[ $(dpkg-query -W -f '${Status}' "$package" 2> /dev/null) == "install ok installed" ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    [[ $EUID -eq 0 ]] || fail "not installed: ${missing[*]}. Install them: apt-get install --no-install-recommends ${missing[*]}"
    say "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } > "$work/apt.log" 2>&1 || fail "could not install ${missing[*]}: $(tail -n 5 "$work/apt.log")"
}

configure_peers() {
    local number
    export PDSH_RCMD_TYPE=ssh
    export CLUSTERSHELL_CFGDIR=$work/clustershell
    export PARALLEL_HOME=$work/parallel
    export ANSIBLE_HOME=$work/ansible
    mkdir -p "$CLUSTERSHELL_CFGDIR" "$PARALLEL_HOME" "$ANSIBLE_HOME"
    : > "$PARALLEL_HOME/will-cite"
    ansible_settings "$shared_config" > "$work/ansible_shared.cfg"
    ansible_settings "$plain_config" > "$work/ansible_plain.cfg"
    {
        printf '[all:vars]\nansible_python_interpreter=/usr/bin/python3\n[hosts]\n'
        for ((number = 1; number <= ${#host_pids[@]}; number++)); do echo "h$number"; done
        printf '[runs]\n'
        for ((number = 1; number <= runs_count; number++)); do echo "r$number"; done
    } > "$work/inventory"
}

ansible_settings() { # SSH_CONFIG. It brings no sharing of its own: whether sessions share a connection is the ssh configuration's to say
    cat <<TEXT
[defaults]
inventory = $work/inventory
gathering = explicit
host_key_checking = true
retry_files_enabled = false
local_tmp = $work/ansible/tmp
remote_tmp = $work/ansible/remote
[ssh_connection]
pipelining = true
ssh_args = -F $1
TEXT
}

# Each takes the ssh configuration first.
ssh_with() { ssh -F "$@"; }
pdsh_with() { PDSH_SSH_ARGS_APPEND="-F $1" pdsh -S "${@:2}"; }
clush_with() { clush -S -q -o "-F $1" "${@:2}"; }
ansible_with() { ANSIBLE_CONFIG=${1/ssh_/ansible_}.cfg ansible "${@:2}"; }
playbook_with() { ANSIBLE_CONFIG=${1/ssh_/ansible_}.cfg ansible-playbook "${@:2}"; }
xargs_with() { seq -f "$3%g" "$2" | xargs -P "$4" -I{} ssh -F "$1" {} true; } # SSH_CONFIG COUNT NAME AT_ONCE
