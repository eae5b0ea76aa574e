#!/usr/bin/env bash
# The product behind PgBouncer in transaction mode, where every transaction may run on another connection: six businesses are read in
# parallel through two connections, and nobody may see another's rows. Starts a product with a private PostgreSQL, PgBouncer in front of
# it, and a second product that reaches the database through that.
set -euo pipefail
. "$(dirname "$0")/../product.sh"
tenants=6
reads=1000
if ! command -v pgbouncer > /dev/null; then
  { apt-get update -q && apt-get install -qy --no-install-recommends pgbouncer; } > /dev/null 2>&1 || { echo "PgBouncer is needed: it is neither on the PATH nor to be had from apt-get."; exit 1; }
fi

touch "$data/pgbouncer.log"
export Limits__User__Requests=1000000 Limits__Guest__Requests=1000000 Limits__Business__Requests=1000000 Limits__Storefront__Requests=1000000

start owner
port=$(head -n 1 "$data/owner/postgres/data/embedded.conf" | tr -dc '0-9')
password=$(cat "$data/owner/postgres/password")
direct="Host=127.0.0.1;Port=$port;Database=mainstreet;Username=postgres;Password=$password"

# the product's own password goes through: PgBouncer asks the database for what verifies it, and signs in with what the product proved
echo "\"postgres\" \"$password\"" > "$data/users"
runner=
[ "$(id -u)" -ne 0 ] || { runner="-u nobody" && chown nobody "$data/users" "$data/pgbouncer.log"; }
for pooler in $((port + 1)) $((port + 2)) $((port + 3)); do # one of them is free
  cat > "$data/pgbouncer.ini" << INI
[databases]
* = host=127.0.0.1 port=$port
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $pooler
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $data/users
auth_user = postgres
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
logfile = $data/pgbouncer.log
INI
  pgbouncer -q $runner "$data/pgbouncer.ini" &
  started+=($!)
  until grep -q 'process up' "$data/pgbouncer.log"; do
    kill -0 "${started[-1]}" 2> /dev/null || continue 2
    sleep 0.1
  done
  break
done

ConnectionStrings__Mainstreet=$direct ConnectionStrings__MainstreetPooler="Host=127.0.0.1;Port=$pooler" start pooled
for ((n = 1; n <= tenants; n++)); do
  business "shop$n" "mark-$n-business" EUR
  for product in 1 2 3; do
    post 201 /business/products "{\"name\":\"mark-$n-product-$product\",\"variants\":[{\"price\":{\"amount\":100,\"currency\":\"EUR\"},\"stock\":{\"quantity\":5}}],\"publish\":true}"
  done
  post 204 /business/storefront/publish '{}'
  tokens[n]=$token
done

paths=(/business/products /business/categories "/business/stock/items?limit=50" /events /storefronts/shopN/products /storefronts/shopN /business/orders /business/team/invitations)
for ((i = 0; i < reads; i++)); do
  n=$((i % tenants + 1))
  path=${paths[$((i / tenants % ${#paths[@]}))]//shopN/shop$n}
  printf 'url = "%s/api/v1%s"\nheader = "Authorization: Bearer %s"\noutput = "%s"\nwrite-out = "%%{http_code} %s\\n"\nsilent\nnext\n' \
    "$url" "$path" "${tokens[n]}" "$data/read-$n-$i" "$path"
done | sed '$d' > "$data/reads"
curl --no-progress-meter --parallel --parallel-immediate --parallel-max 50 -m 60 -K "$data/reads" > "$data/statuses"

good=$(grep -c '^200 ' "$data/statuses" || true)
own=0
foreign=0
for ((n = 1; n <= tenants; n++)); do
  own=$((own + $(cat "$data"/read-"$n"-* | grep -o "mark-$n-" | wc -l)))
  foreign=$((foreign + $(cat "$data"/read-"$n"-* | grep -o 'mark-[0-9]*-' | grep -vc "mark-$n-" || true)))
done
errors=$(grep -c '"LogLevel":"\(Error\|Critical\)"' "$data/pooled.log" || true)
echo "$reads reads of $tenants businesses through 2 connections: $good answered, $own rows of their own, $foreign of others, $errors errors in the log"
[ "$good" -eq "$reads" ] || grep -v '^200 ' "$data/statuses" | sort | uniq -c
[ "$good" -eq "$reads" ] && [ "$own" -gt "$reads" ] && [ "$foreign" -eq 0 ] && [ "$errors" -eq 0 ]
