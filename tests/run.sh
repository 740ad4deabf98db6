#!/usr/bin/env bash
# Runs every test of the project. What the tests need and this machine lacks is installed where that is possible (Debian, root); what cannot
# be had makes its tests report themselves as skipped, with the reason. The last line counts: N passed, N failed, N skipped.
#   tests/run.sh                everything
#   tests/run.sh Engine Cli     only the projects tests/OctoWorkers.<name>.Tests
#   tests/run.sh Module         only the module as it was built, in the PowerShell of this machine (tests/Module)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

needs=()
command -v sshd >/dev/null || [[ -x /usr/sbin/sshd ]] || needs+=(openssh-server)
command -v ssh >/dev/null || needs+=(openssh-client)
command -v busybox >/dev/null || needs+=(busybox)
command -v dash >/dev/null || needs+=(dash)
if ((${#needs[@]})) && [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  echo "Installing ${needs[*]} ..."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needs[@]}"; } >/dev/null 2>&1 ||
    echo "Could not install ${needs[*]}; tests that need them are skipped."
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Most processes of the tests end before what they could learn about themselves pays.
export DOTNET_TieredPGO=0
dotnet build OctoWorkers.PowerShell.sln -c Release -v quiet --nologo || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# What the tests of the module lack here; nothing when they can run.
module_lacks() {
  command -v pwsh >/dev/null || { echo "there is no pwsh on the PATH"; return; }
  pwsh -NoProfile -NonInteractive -Command 'exit [int] ($PSVersionTable.PSVersion -lt [version] "7.6")' || { echo "pwsh is older than 7.6"; return; }
  pwsh -NoProfile -NonInteractive -Command 'exit [int] (-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5))' || echo "there is no Pester 5.5 or later"
}

# The program that runs one project's tests.
program() {
  if [[ $1 == Module ]]; then
    echo pwsh -NoProfile -NonInteractive -File tests/Module/Run.ps1
  else
    echo dotnet "tests/OctoWorkers.$1.Tests/bin/Release/net10.0/OctoWorkers.$1.Tests.dll" -noLogo -noColor -longRunning 120
  fi
}

# Runs one project's tests, with their output in a file: what a test may have left running cannot keep a pipe of ours open.
# A project that does not end in time is ended, with its own process group.
run() {
  # shellcheck disable=SC2046 # the words of a command
  timeout --kill-after=10 "$minutes"m $(program "$1") >"$logs/$1" 2>&1 </dev/null &
  local group=$!
  wait "$group"
  echo $? >"$logs/$1.status"
  kill -KILL -- "-$group" 2>/dev/null
}

(($#)) || set -- Engine Contracts Storage Runspaces Module Cli Model
minutes=25
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0
names=()

# Waits for one of the projects that run, and shows what it said.
finish() {
  local job
  wait -n -p job
  cat "$logs/${names[job]}"
  unset "names[job]"
}

# Two at a time: much of the time tests wait. The longest comes first.
for name in "$@"; do
  lacks=
  [[ $name == Module ]] && lacks=$(module_lacks)
  if [[ $lacks ]]; then
    count=$(cat tests/Module/*.Tests.ps1 | grep -cE "^ *It '")
    echo "Skipped: $count tests of the module: $lacks."
    skipped=$((skipped + count))
    continue
  fi

  ((${#names[@]} < 2)) || finish
  run "$name" &
  names[$!]=$name
done

while ((${#names[@]})); do
  finish
done

# "   OctoWorkers.Cli.Tests  Total: 402, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 30.1s"
summary='Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+)'
for status in "$logs"/*.status; do
  name=$(basename "$status" .status)
  code=$(<"$status")
  line=$(grep -E "$summary" "$logs/$name" | tail -n 1)
  if [[ $line =~ $summary ]]; then
    bad=$((BASH_REMATCH[2] + BASH_REMATCH[3])) unasked=$((BASH_REMATCH[4] + BASH_REMATCH[5]))
    failed=$((failed + bad)) skipped=$((skipped + unasked)) passed=$((passed + BASH_REMATCH[1] - BASH_REMATCH[3] - unasked))
    ((code == 0 || bad > 0)) && continue
  fi

  # No result, or a good one with a bad exit code.
  ((code == 124 || code == 137)) && why="did not end within $minutes minutes" || why="ended without a good result (exit code $code)"
  echo "The tests of $name: $why."
  failed=$((failed + 1))
done

# What failed is said once more where the output ends: that is the part that is kept when it is long.
for name in "$@"; do
  [[ -f $logs/$name ]] && grep -hE -A 25 '\[FAIL\]|\[-\]' "$logs/$name" | sed "s/^/$name: /" | cut -c 1-500 | head -n 60
done

echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
