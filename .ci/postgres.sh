#!/usr/bin/env bash
# A throwaway PostgreSQL for the tests: installed if it is missing, started once on a free port, its URL printed.
#   .ci/postgres.sh         start it (or find the one that runs) and print postgres://…
#   .ci/postgres.sh stop    stop it and remove its files
set -euo pipefail

# The same place each time, so that a second call finds the first one's server.
base="$(dirname "$(mktemp --dry-run)")/ruminate-ci-postgres-$(id -u)"
cluster="$base/cluster"

newest_bin() {
  if command -v pg_config > /dev/null && [ -x "$(pg_config --bindir)/initdb" ]; then
    pg_config --bindir
  else
    find /usr/lib/postgresql/*/bin -maxdepth 0 2> /dev/null | sort --version-sort | tail -n 1
  fi
}

install_postgres() {
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get update -qq >&2
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql-common >&2
  # The server's package would start a cluster of its own, for nothing.
  $sudo sed -i -E 's/^#?(create_main_cluster) .*/\1 = false/' /etc/postgresql-common/createcluster.conf
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >&2
}

# initdb and postgres refuse to run as root; the package made this user.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then (cd "$base" && runuser --user postgres -- "$@"); else "$@"; fi
}

is_running() { [ -d "$cluster" ] && as_owner "$bin/pg_ctl" status --pgdata "$cluster" > /dev/null 2>&1; }

start() {
  local port
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    # Without fsync: what is in it may be lost with the machine.
    if as_owner "$bin/pg_ctl" start --silent --wait --pgdata "$cluster" --log "$base/log" --options \
      "-p $port -k $base -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" >&2 9>&-; then
      return
    fi
  done
  tail -n 20 "$base/log" >&2
  return 1
}

# Of several callers one starts the server, the others find it.
exec 9> "$base.lock"
flock 9
bin="$(newest_bin)"
if [ "${1:-start}" = "stop" ]; then
  if [ -n "$bin" ] && is_running; then as_owner "$bin/pg_ctl" stop --silent --mode immediate --pgdata "$cluster" >&2; fi
  rm -rf "$base"
  exit
fi
if [ -z "$bin" ]; then
  install_postgres
  bin="$(newest_bin)"
fi
if ! is_running; then
  mkdir -p -m 700 "$base"
  [ "$(id -u)" -ne 0 ] || chown postgres "$base"
  if [ ! -f "$cluster/PG_VERSION" ]; then
    rm -rf "$cluster"
    as_owner "$bin/initdb" --pgdata "$cluster" --username ruminate --auth trust --encoding UTF8 --locale C --no-sync >&2
  fi
  start
fi
# Line 4 of postmaster.pid is the port. https://www.postgresql.org/docs/current/storage-file-layout.html
echo "postgres://ruminate@127.0.0.1:$(sed -n 4p "$cluster/postmaster.pid")/postgres"
