{
ow_boundary='@BOUNDARY@' ow_key='@KEY@' ow_choice='@CHOICE@'
ow_unusable() { printf '\nOW1 %s unusable %s\n' "$ow_boundary" "$1"; exit 1; }
ow_runner=sh
if [ "$ow_choice" != sh ] && perl -e 'exit($] < 5.008)' </dev/null 2>/dev/null; then ow_runner=perl; fi
case $ow_choice in perl) [ "$ow_runner" = perl ] || ow_unusable 'there is no perl of 5.8 or newer' ;; esac
ow_folder() {
  ow_state=$1/$ow_key/$ow_runner
  [ -d "$ow_state" ] || (umask 077; mkdir -p "$ow_state") 2>/dev/null
  [ -w "$ow_state" ] && [ -x "$ow_state" ]
}
case ${XDG_STATE_HOME-} in /*) ow_home=$XDG_STATE_HOME ;; *) ow_home=${HOME:+$HOME/.local/state} ;; esac
if [ -z "$ow_home" ] || ! ow_folder "$ow_home/octoworkers"; then
  ow_home=/var/tmp/octoworkers-$(id -u)
  mkdir -m 700 "$ow_home" 2>/dev/null
  [ ! -h "$ow_home" ] && [ -O "$ow_home" ] && ow_folder "$ow_home" || ow_unusable "neither the home folder nor $ow_home can be written"
fi
printf '\nOW1 %s %s\n' "$ow_boundary" "$ow_runner"
if [ "$ow_runner" = perl ]; then
  exec perl -e 'my($n,$p)=(shift,"");while(length($p)<$n){sysread(STDIN,$p,$n-length($p),length($p))||exit 1}eval $p;print STDERR $@ if $@;exit 1' '@LENGTH@' "$ow_state" "$ow_boundary"
fi
}
