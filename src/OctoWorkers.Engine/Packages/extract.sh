# Extracts a package into the current directory: $1 is its file, $2 what it is (tar, zip), or the name under which the file itself is wanted.
case $2 in
  tar)
    command -v gzip >/dev/null && command -v tar >/dev/null || { echo 'there is no gzip or no tar on the worker'; exit 3; }
    gzip -dc <"$1" | tar -xof - ;;
  zip)
    if command -v unzip >/dev/null; then unzip -qq -o "$1"; [ $? -le 1 ]
    elif command -v python3 >/dev/null; then
      python3 -I - "$1" <<'PYTHON'
import os, stat, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        mode = entry.external_attr >> 16
        if stat.S_ISLNK(mode):
            os.makedirs(os.path.dirname(entry.filename) or '.', exist_ok=True)
            os.symlink(archive.read(entry).decode(), entry.filename)
        else:
            path = archive.extract(entry)
            if stat.S_IMODE(mode) & 0o700 and not entry.is_dir():
                os.chmod(path, stat.S_IMODE(mode) & 0o777)
PYTHON
    elif command -v bsdtar >/dev/null; then bsdtar -xof "$1"
    elif command -v busybox >/dev/null && busybox unzip -l "$1" >/dev/null 2>&1; then busybox unzip -q -o "$1"
    else echo 'there is neither unzip nor python3 on the worker; install one of them'; exit 3
    fi ;;
  *) cp "$1" "./${2#file:}" && chmod u+w "./${2#file:}" ;;
esac
