#!/usr/bin/env bash
# Runs two runbooks side by side that share a deployment target, and then two that share a worker, in a store of its own that is removed afterwards.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$here/../..
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$top/src/OctoWorkers.Cli" -c Release -v quiet --nologo
OCTOWORKERS_HOME=$(mktemp -d)
export OCTOWORKERS_HOME
trap 'rm -rf "$OCTOWORKERS_HOME"' EXIT
octoworkers() { dotnet "$top/src/OctoWorkers.Cli/bin/Release/net10.0/octoworkers.dll" "$@"; }

octoworkers apply "$here" > "$OCTOWORKERS_HOME/applied"
for pair in "Update Harden" "Count Measure"; do
    read -r one other <<< "$pair"
    echo "== $one and $other"
    octoworkers run "$one" --environment Development &
    first=$!
    octoworkers run "$other" --environment Development
    wait "$first"
done
