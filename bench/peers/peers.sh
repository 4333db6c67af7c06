#!/usr/bin/env bash
# The same questions in DuckDB and PostgreSQL, on the same rows: peers.sh [MILLIONS] [FOLDER]
# Needs node, and Debian's postgresql; @duckdb/node-api is fetched into FOLDER.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
millions=${1:-10} folder=${2:-${TMPDIR:-/tmp}/onbehalf-questions} runs=${RUNS:-9}
mkdir -p "$folder"
[ -f "$folder/bounds.json" ] || dotnet run -c Release --project "$here/../OnBehalf.Benchmarks" -- questions-export "$millions" "$folder"
cd "$folder"
[ -d node_modules/@duckdb/node-api ] || npm install --no-audit --no-fund --silent @duckdb/node-api@1.5.6-r.1
node "$here/duckdb.mjs" "$folder" "$runs"
node "$here/compare.mjs" "$folder" duckdb || true

bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
pg=$folder/pg
if [ ! -d "$pg" ]; then
  mkdir -p "$pg"; [ "$(id -u)" = 0 ] && chown postgres "$pg"
  as "$bin/initdb" -D "$pg" -A trust >/dev/null
fi
as "$bin/pg_ctl" -D "$pg" -w -o "-k $pg -p 54329 -c listen_addresses= -c shared_buffers=512MB -c work_mem=256MB -c max_parallel_workers_per_gather=2" -l "$pg/log" start >/dev/null
trap 'as "$bin/pg_ctl" -D "$pg" -m fast stop >/dev/null' EXIT
sql() { as "$bin/psql" -h "$pg" -p 54329 -d postgres -qAtX "$@"; }
if [ "$(sql -c "select count(*) from pg_tables where tablename = 'f'")" = 0 ]; then
  sql -c 'create unlogged table f (mailbox int, agent int, requester int, moment bigint, outbound int, human int, known int, response int, first int, wait int, ended bigint, answered int, due bigint)'
  SECONDS=0
  sql -c "copy f from stdin with (format csv)" < rows.csv
  sql -c 'create index on f (mailbox, moment)' -c 'create index on f (moment)' -c 'create index on f (ended) where wait = 1' -c 'vacuum analyze f'
  echo "postgresql loaded in $SECONDS s"
fi
awk -v d="$folder" '/^-- name: /{name=$3; file=d "/q-" name ".sql"; printf "" > file; next} name{print >> file}' "$here/questions.sql"
value() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" bounds.json; }
for q in $(sed -n 's/^-- name: //p' "$here/questions.sql"); do
  text=$(sed -e "s/:from\b/$(value from)/g; s/:to\b/$(value to)/g; s/:asof\b/$(value asof)/g; s/:mailbox\b/$(value mailbox)/g" "q-$q.sql")
  { echo '\timing on'; for _ in $(seq "${PGRUNS:-3}"); do echo "select count(*) from ($text) x;"; done; } > q.sql
  printf '%-18s %s ms\n' "$q" "$(sql -f q.sql | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' | sort -n | sed -n "$(( (${PGRUNS:-3} + 1) / 2 ))p")"
  sql -F '|' -c "$text" | awk -F'|' -v keys="$([ "$q" = mailboxes-days ] && echo 2 || echo 1)" '{line=$1; for(i=2;i<=NF;i++) line=line "|" (i<=keys || $i=="" ? $i : sprintf("%.9f",$i)); print line}' > "postgresql-$q.txt"
done
node "$here/compare.mjs" "$folder" postgresql
