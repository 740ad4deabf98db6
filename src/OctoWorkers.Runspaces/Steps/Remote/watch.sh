# Watches a session: what it says on this pipe, and when it is gone. One that ends in the middle of a step leaves nothing running. One that is over is ended, and what .NET and
# PowerShell would have removed at an end in order is removed.
ow_state=idle
while read -r ow_word; do
  [ "$ow_word" != over ] || kill -KILL "$PPID"
  ow_state=$ow_word
done
if [ "$ow_state" = over ]; then
  cd "${TMPDIR:-/tmp}" && rm -f "dotnet-diagnostic-$PPID-"* "clr-debug-pipe-$PPID-"* CoreFxPipe_PSHost.*".$PPID."*
fi
[ "$ow_state" = busy ] || exit 0
exec sh -c "$1" end 0 "$2" 50 </dev/null >/dev/null 2>&1
