#!/usr/bin/env bash
# Ceph's S3 gateway (Debian sid's) for tests, on 127.0.0.1: one monitor, one OSD in memory, one gateway, no objects.
#   ceph.sh start LAB PORT ACCESS_KEY SECRET_KEY   uses PORT to PORT+9; prints the gateway's address
#   ceph.sh stop LAB
# Programs are kept in LAB/ceph-programs, everything else is in LAB/ceph.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/debian.sh"
action=$1 programs=$2/ceph-programs data=$2/ceph
in_root=("$here/debian.sh" "$programs")

server_pid() {  # NAME; fails if it does not run
  local pid; pid=$(cat "$data/$1.pid" 2>/dev/null) && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$data/" &&
    echo "$pid"
}

spawn() {  # NAME PROGRAM ARGUMENT...: in a session of its own, so that a signal to the caller's group does not end it first
  local name=$1; shift
  setsid bash -c 'echo $$ >"$0"; exec "$@"' "$data/$name.pid" "${in_root[@]}" "$@" </dev/null >"$data/$name.out" 2>&1 &
}

ceph() {
  PYTHONHOME=$programs/usr PYTHONNOUSERSITE=1 timeout 30 "${in_root[@]}" /usr/bin/python3 "$programs/usr/bin/ceph" -c "$data/ceph.conf" "$@"
}

configuration() {  # PORT
  local libraries=$programs/usr/lib/x86_64-linux-gnu
  cat <<C
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
run dir = $data/run
admin socket =
mon host = v2:127.0.0.1:$(($1 + 1))
public network = 127.0.0.0/8
ms bind port min = $(($1 + 2))
ms bind port max = $(($1 + 9))
ms bind msgr1 = false
ms mon client mode = crc
auth cluster required = none
auth service required = none
auth client required = none
mon data = $data/mon
osd data = $data/osd
log file = $data/\$name.log
mon cluster log file = $data/cluster.log
keyring = $data/keyring
plugin dir = $libraries/ceph
erasure code dir = $libraries/ceph/erasure-code
osd class dir = $libraries/rados-classes
osd class load list = *
osd class default list = *
osd objectstore = memstore
memstore device bytes = 4294967296
osd memory target = 939524096
osd op num shards = 2
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 2
[client.rgw.test]
rgw data = $data/rgw
rgw frontends = beast endpoint=127.0.0.1:$1 tcp_nodelay=1
rgw thread pool size = 32
rgw dns name = localhost
debug rgw = 0/5
debug ms = 0
C
}

start() {
  local port=$1 access=$2 secret=$3 osd; osd=$(cat /proc/sys/kernel/random/uuid)
  stop
  debian_unpack sid "$programs" radosgw ceph-common ceph-mon ceph-osd
  rm -rf "$data"; mkdir -p "$data"/{mon,osd,run,rgw}
  configuration "$port" >"$data/ceph.conf"
  local fsid; fsid=$(sed -n 's/^fsid = //p' "$data/ceph.conf")
  local with=(-c "$data/ceph.conf")
  { "${in_root[@]}" /usr/bin/ceph-authtool --create-keyring "$data/keyring" --gen-key -n mon. --cap mon 'allow *'
    "${in_root[@]}" /usr/bin/monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$((port + 1))]" \
      --set-min-mon-release tentacle "$data/monmap"
    "${in_root[@]}" /usr/bin/ceph-mon "${with[@]}" --mkfs -i a --monmap "$data/monmap" --keyring "$data/keyring"
    spawn mon /usr/bin/ceph-mon "${with[@]}" -f -i a
    ceph osd new "$osd" 0
    "${in_root[@]}" /usr/bin/ceph-osd "${with[@]}" --mkfs -i 0 --osd-uuid "$osd"
    spawn osd /usr/bin/ceph-osd "${with[@]}" -f -i 0
    for _ in $(seq 30); do ! ceph osd stat | grep -q '1 up' || break; sleep 0.3; done
    timeout 120 "${in_root[@]}" /usr/bin/radosgw-admin -n client.rgw.test "${with[@]}" user create --uid=test \
      --display-name=test --access-key="$access" --secret="$secret"
  } >"$data/setup.out" 2>&1 || { tail -20 "$data"/*.out >&2; return 1; }
  spawn rgw /usr/bin/radosgw "${with[@]}" -f --no-mon-config -n client.rgw.test
  for _ in $(seq 600); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "http://127.0.0.1:$port"
      return
    fi
    sleep 0.1
  done
  tail -20 "$data/rgw.out" >&2
  return 1
}

stop() {
  local name pid
  for name in rgw osd mon; do
    pid=$(server_pid "$name") || continue
    kill "$pid"
    for _ in $(seq 50); do [ -d "/proc/$pid" ] || continue 2; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
  done
}

case $action in
  start) start "$3" "$4" "$5" ;;
  stop) stop ;;
esac
