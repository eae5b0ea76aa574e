#!/usr/bin/env bash
# The product behind PgBouncer in transaction mode, where every transaction may run on another connection: six businesses are read in
# parallel through two connections, and nobody may see another's rows. Starts a product with a private PostgreSQL, PgBouncer in front of
# it, and a second product that reaches the database through that.
set -euo pipefail
cd "$(dirname "$0")/../.."
tenants=6
reads=1000
if ! command -v pgbouncer > /dev/null; then
  { apt-get update -q && apt-get install -qy --no-install-recommends pgbouncer; } > /dev/null 2>&1 || { echo "PgBouncer is needed: it is neither on the PATH nor to be had from apt-get."; exit 1; }
fi

data=$(mktemp -d)
touch "$data/owner.log" "$data/pooled.log" "$data/pgbouncer.log"
chmod 755 "$data" # PostgreSQL and PgBouncer run as another user where this one is root
started=()
finish() {
  local status=$?
  [ "$status" -eq 0 ] || tail -n 5 "$data"/*.log 2> /dev/null || true
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do # the one with the private PostgreSQL was first, and ends last
    { kill "${started[i]}" && wait "${started[i]}"; } 2> /dev/null || true
  done
  rm -rf "$data"
  exit "$status"
}
trap finish EXIT

export Security__MasterKey ASPNETCORE_ENVIRONMENT=Production Email__Sandbox=true
export Limits__User__Requests=1000000 Limits__Guest__Requests=1000000 Limits__Business__Requests=1000000 Limits__Storefront__Requests=1000000
Security__MasterKey=$(head -c 32 /dev/urandom | base64)

start() { # name: a product, with the settings of the environment; its address is in $url
  dotnet src/Api/bin/Debug/net10.0/Mainstreet.Api.dll --contentRoot "$PWD/src/Api" --urls http://127.0.0.1:0 > "$data/$1.log" 2>&1 &
  started+=($!)
  until url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$data/$1.log" | head -n 1); do
    kill -0 "${started[-1]}" 2> /dev/null || { echo "The product did not start."; exit 1; }
    sleep 0.1
  done
}

call() { # status method path [body]: the answer is in $data/answer
  local status
  status=$(curl -sS -m 30 -o "$data/answer" -w '%{http_code}' -X "$2" ${token:+-H "Authorization: Bearer $token"} ${4:+-H 'Content-Type: application/json' -d "$4"} "$url/api/v1$3")
  [ "$status" = "$1" ] || { echo "$2 $3: $status, not $1: $(cat "$data/answer")"; exit 1; }
}
text() { grep -o "\"$1\":\"[^\"]*\"" "$data/answer" | head -n 1 | cut -d '"' -f 4; }

Data__Directory=$data/data start owner
port=$(head -n 1 "$data/data/postgres/data/embedded.conf" | tr -dc '0-9')
password=$(cat "$data/data/postgres/password")
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

Data__Directory=$data/pooled ConnectionStrings__Mainstreet=$direct ConnectionStrings__MainstreetPooler="Host=127.0.0.1;Port=$pooler" start pooled
for ((n = 1; n <= tenants; n++)); do
  token=
  call 201 POST /auth/register "{\"email\":\"owner$n@example.com\",\"password\":\"correct horse battery\",\"full_name\":\"Owner $n\"}"
  token=$(text access_token)
  call 201 POST /businesses "{\"name\":\"mark-$n-business\",\"subdomain\":\"shop$n\",\"currency\":\"EUR\",\"timezone\":\"Europe/Berlin\"}"
  call 200 POST /auth/switch-business "{\"business_id\":\"$(text id)\"}"
  token=$(text access_token)
  for product in 1 2 3; do
    call 201 POST /business/products "{\"name\":\"mark-$n-product-$product\",\"variants\":[{\"price\":{\"amount\":100,\"currency\":\"EUR\"},\"stock\":{\"quantity\":5}}],\"publish\":true}"
  done
  call 204 POST /business/storefront/publish '{}'
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
