#!/usr/bin/env bash
# Called with the names of what is to be published; the channel is in the environment.
set -eu
for part in "$@"; do
  echo "publishing $part to the channel $CHANNEL"
done
