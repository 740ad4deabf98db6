# Sourced last of the libraries, once $work is there: however the script ends, what it started and its folder go.

end_all() {
    local status=$?
    trap - EXIT INT TERM
    close_programs
    end_octoworkers
    end_hosts
    rm -rf "$work"
    exit "$status"
}
trap end_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
