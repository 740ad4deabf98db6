# (e-large) The case e with ten times as much: the rate and the memory should be the same.

source "$bench/cases/e.sh"

case_tools() {
    e_prepare $((output_megabytes * 10))
    e_octoworkers e-large
}
