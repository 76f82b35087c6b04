#!/usr/bin/env bash
# Programs of another Debian suite without installing them: the packages are only unpacked below a folder, so this machine's
# own packages stay as they are. The mirror is the one that apt is set up with here.
#   . debian.sh                            debian_unpack SUITE ROOT PACKAGE...
#   debian.sh ROOT PROGRAM [ARGUMENT...]   runs a program of ROOT with ROOT's own libraries
set -euo pipefail

debian_source() {
  local suite=$1 uri
  uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{sources,list} 2>/dev/null |
    sed -n -e 's/^URIs:[[:space:]]*\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' |
    sed -n '/debian\/*$/p' | head -1) || true
  [ -n "$uri" ] || { echo "apt's sources name no Debian mirror" >&2; return 1; }
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main"
}

debian_unpack() {
  local suite=$1 root=$2 wanted="$*"; shift 2
  if [ "$(cat "$root/.unpacked" 2>/dev/null)" = "$wanted" ]; then return; fi
  debian_download "$suite" "$root.apt" "$@"
  rm -rf "$root"; mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root/tmp"
  local directory package
  for directory in bin sbin lib lib64; do ln -s "usr/$directory" "$root/$directory"; done
  for package in "$root.apt"/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -p --keep-directory-symlink -C "$root"
  done
  rm -rf "$root.apt"
  echo "$wanted" >"$root/.unpacked"
}

debian_download() {  # SUITE FOLDER PACKAGE...: with everything they depend on
  local suite=$1 apt=$2; shift 2
  rm -rf "$apt"; mkdir -p "$apt"/{lists,cache/archives}/partial "$apt/parts"
  : >"$apt/status"
  debian_source "$suite" >"$apt/sources.list"
  local options=(-q -oDir::Etc::SourceList="$apt/sources.list" -oDir::Etc::SourceParts="$apt/parts"
    -oDir::Etc::PreferencesParts="$apt/parts" -oDir::State="$apt" -oDir::State::Lists="$apt/lists"
    -oDir::State::status="$apt/status" -oDir::Cache="$apt/cache" -oAPT::Sandbox::User=root -oAcquire::Languages=none
    -oAcquire::Retries=3 -oAcquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    -oAPT::Install-Recommends=false -oDebug::NoLocking=1)
  apt-get "${options[@]}" update >"$apt/log" 2>&1 && apt-get "${options[@]}" install -y --download-only "$@" >>"$apt/log" 2>&1 ||
    { tail -20 "$apt/log" >&2; return 1; }
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  root=$1 program=$2; shift 2
  libraries=$root/usr/lib/x86_64-linux-gnu
  exec "$root/usr/lib64/ld-linux-x86-64.so.2" --inhibit-cache --argv0 "$root$program" \
    --library-path "$libraries:$libraries/ceph:$libraries/mysql/private:$libraries/systemd" "$root$program" "$@"
fi
