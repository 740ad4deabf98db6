# Tells which tools a worker has: a line for each that is found, NAME, tab, and a second line with what it says of its version. All are asked at
# once, and the engine waits a bounded time, so that one that hangs takes nothing but its own version away.
export CHECKPOINT_DISABLE=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
tab='	'

tool() { # name, and the arguments that make it say its version
  command -v "$1" >/dev/null 2>&1 || return 0
  printf '%s%s\n' "$1" "$tab"
  {
    name=$1
    said=$("$@" 2>&1 </dev/null | grep '[0-9][.][0-9]' | head -n 1 | tr '\t' ' ' | cut -c1-300)
    printf '%s%s%s\n' "$name" "$tab" "$said"
  } &
}

# One that takes long to say its version, which stands in a file of its own.
known() { # name, the file as seen from the folder of the program, wherever links lead, and another by which that folder is known
  program=$(command -v "$1") || return 0
  program=$(readlink -f "$program" 2>/dev/null)
  if [ -n "$program" ] && [ -s "${program%/*}/$2" ] && [ -r "${program%/*}/$2" ] && [ -f "${program%/*}/$3" ]; then printf '%s%s%s\n' "$1" "$tab" "$(head -n 1 "${program%/*}/$2" | cut -c1-300)"
  else tool "$1" --version
  fi
}

if [ -n "${BASH_VERSION-}" ]; then kind=bash
else
  kind=$(command -v sh)
  kind=$(readlink -f "$kind" 2>/dev/null || printf %s "$kind")
fi
printf 'shell%s%s\n' "$tab" "${kind##*/}"

tool bash --version
tool pwsh --version
tool python3 --version
tool perl --version
tool git --version
tool docker --version
tool podman --version
tool kubectl version --client
tool helm version --short
tool terraform version
tool ansible --version
tool aws --version
tool az --version
known gcloud ../VERSION ../lib/gcloud.py
tool node --version
tool dotnet --version
tool java -version
tool psql --version
tool mysql --version
tool curl --version
tool jq --version
tool openssl version
tool make --version
tool ssh -V
tool rsync --version
tool tar --version
wait
