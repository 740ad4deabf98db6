#!/bin/sh
# Evaluates a template of 10 MB with 100,000 substitutions, each of another variable, five times; prints the seconds of each whole command.
# Usage: bench/templates.sh [COMMAND]; COMMAND is the octoworkers to measure, else the one on PATH.
set -eu

command=${1:-octoworkers}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

awk 'BEGIN {
    for (i = 0; i < 92; i++) fill = fill "x"
    for (i = 0; i < 100000; i++) printf "#{Name%d}%s", i, fill
}' > "$folder/template"
awk 'BEGIN {
    printf "{\"Name\": \"\""
    for (i = 0; i < 100000; i++) printf ", \"Name%d\": \"value %d\"", i, i
    print "}"
}' > "$folder/variables.json"

for turn in 1 2 3 4 5; do
    begin=$(date +%s%N)
    "$command" evaluate --template-file "$folder/template" --variables "$folder/variables.json" > "$folder/result"
    end=$(date +%s%N)
    grep -q 'value 99999x' "$folder/result"
    awk -v turn="$turn" -v ns=$((end - begin)) 'BEGIN { printf "%d %.2f\n", turn, ns / 1e9 }'
done
