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
dotnet build OctoWorkers.PowerShell.sln -c Release -v quiet --nologo || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# What the tests of the module lack here; nothing when they can run.
module_lacks() {
  command -v pwsh >/dev/null || { echo "there is no pwsh on the PATH"; return; }
  pwsh -NoProfile -NonInteractive -Command 'exit [int] ($PSVersionTable.PSVersion -lt [version] "7.6")' || { echo "pwsh is older than 7.6"; return; }
  pwsh -NoProfile -NonInteractive -Command 'exit [int] (-not (Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5))' || echo "there is no Pester 5.5 or later"
}

# One project's tests, with their output.
run() {
  if [[ $1 == Module ]]; then
    pwsh -NoProfile -NonInteractive -File tests/Module/Run.ps1
  else
    dotnet test "tests/OctoWorkers.$1.Tests" -c Release --no-build --nologo --logger 'console;verbosity=minimal'
  fi
}

(($#)) || set -- Engine Contracts Storage Runspaces Cli Model Module
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0

# The engine's tests take as long as all the others together, and wait much of the time: they go beside them.
beside=
if (($# > 1)) && [[ " $* " == *" Engine "* ]]; then
  { run Engine >"$logs/Engine" 2>&1; echo $? >"$logs/Engine.status"; } &
  beside=$!
fi

for name in "$@"; do
  [[ $name == Engine && $beside ]] && continue
  lacks=
  [[ $name == Module ]] && lacks=$(module_lacks)
  if [[ $lacks ]]; then
    count=$(cat tests/Module/*.Tests.ps1 | grep -cE "^ *It '")
    echo "Skipped: $count tests of the module: $lacks."
    skipped=$((skipped + count))
    continue
  fi

  run "$name" 2>&1 | tee "$logs/$name"
  echo "${PIPESTATUS[0]}" >"$logs/$name.status"
done

if [[ $beside ]]; then
  wait "$beside"
  cat "$logs/Engine"
fi

for status in "$logs"/*.status; do
  name=$(basename "$status" .status)
  # "Passed!  - Failed:     0, Passed:    12, Skipped:     1, Total:    13, ..."
  line=$(grep -E 'Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+' "$logs/$name" | tail -n 1)
  if [[ $line =~ Failed:\ +([0-9]+),\ Passed:\ +([0-9]+),\ Skipped:\ +([0-9]+) ]]; then
    failed=$((failed + BASH_REMATCH[1])) passed=$((passed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
    (($(<"$status") == 0 || BASH_REMATCH[1] > 0)) || failed=$((failed + 1))
  else
    echo "OctoWorkers.$name.Tests ended without a result (exit code $(<"$status"))."
    failed=$((failed + 1))
  fi
done

echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
