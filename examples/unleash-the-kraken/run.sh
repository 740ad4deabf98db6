#!/usr/bin/env bash
# Runs "Unleash the kraken" on a pool of three workers, all on this machine, in a store of its own that is removed afterwards: so
# the first worker is always worker1.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$here/../..
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$top/src/OctoWorkers.Cli" -c Release -v quiet --nologo
OCTOWORKERS_HOME=$(mktemp -d)
export OCTOWORKERS_HOME
trap 'rm -rf "$OCTOWORKERS_HOME"' EXIT
octoworkers() { dotnet "$top/src/OctoWorkers.Cli/bin/Release/net10.0/octoworkers.dll" "$@"; }

octoworkers run "Unleash the kraken" --environment Development --file "$here" --recurse
