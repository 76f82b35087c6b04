#!/usr/bin/env bash
# A MySQL server (Debian sid's) for tests, on 127.0.0.1 and with an empty data directory.
#   mysql.sh start LAB PORT   prints its JDBC URL; user root, no password, may create databases
#   mysql.sh stop LAB
# Programs are kept in LAB/mysql-programs, everything else is in LAB/mysql.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/debian.sh"
action=$1 programs=$2/mysql-programs data=$2/mysql/data run=$2/mysql/run

mysql_pid() {  # fails if it does not run
  local pid; pid=$(cat "$run/pid" 2>/dev/null) && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "--datadir=$data " &&
    echo "$pid"
}

start() {
  local port=$1 user share=$programs/usr/share/mysql
  stop
  debian_unpack sid "$programs" mysql-server-core mysql-client-core
  rm -rf "$data" "$run"; mkdir -p "$data" "$run"
  user=$(id -un)
  if [ "$user" = root ]; then user=nobody; chown "$user" "$data" "$run"; fi  # mysqld refuses to run as root
  local mysqld=("$here/debian.sh" "$programs" /usr/sbin/mysqld --no-defaults --basedir="$programs/usr" --datadir="$data"
    --user="$user" --lc-messages-dir="$share" --character-sets-dir="$share/charsets" --plugin-dir="$programs/usr/lib/mysql/plugin"
    --secure-file-priv=NULL --mysqlx=OFF --skip-log-bin --performance-schema=OFF --innodb-buffer-pool-size=256M
    --max-connections=300)
  "${mysqld[@]}" --initialize-insecure --log-error="$run/init.log" || { tail "$run/init.log" >&2; return 1; }
  # a session of its own, so that a signal to the caller's group does not end it before its clients
  setsid "${mysqld[@]}" --bind-address=127.0.0.1 --port="$port" --socket="$run/socket" --pid-file="$run/pid" \
    --log-error="$run/log" </dev/null >"$run/out" 2>&1 &
  for _ in $(seq 300); do
    if mysql_pid >/dev/null && client -e "CREATE USER root@'127.0.0.1'; GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION" 2>"$run/client"; then
      echo "jdbc:mysql://127.0.0.1:$port/?user=root&password=&sslMode=DISABLED"
      return
    fi
    sleep 0.2
  done
  tail -20 "$run/log" "$run/out" "$run/client" >&2
  return 1
}

client() {
  "$here/debian.sh" "$programs" /usr/bin/mysql --no-defaults --protocol=socket --socket="$run/socket" --user=root "$@"
}

stop() {
  local pid; pid=$(mysql_pid) || return 0
  kill "$pid"
  for _ in $(seq 100); do [ -d "/proc/$pid" ] || return 0; sleep 0.1; done
  kill -KILL "$pid"
}

case $action in
  start) start "$3" ;;
  stop) stop ;;
esac
