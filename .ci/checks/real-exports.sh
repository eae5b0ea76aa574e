#!/usr/bin/env bash
# Imports two real Shopify exports over HTTP into a product of its own, started from the build, twice, and looks at them as a
# customer does. The exports are other people's texts and lie beside the checkout (or in EXPORTS): without them there is nothing
# to check.
set -euo pipefail
cd "$(dirname "$0")/../.."
exports=${EXPORTS:-../shared/data/catalog}
if [ ! -f "$exports/home-and-garden.csv" ] || [ ! -f "$exports/apparel.csv" ]; then
  echo "No exports in $exports: nothing to check."
  exit 0
fi

data=$(mktemp -d)
touch "$data/log"
chmod 755 "$data" # the private PostgreSQL runs as another user where this one is root
server=
finish() {
  local status=$?
  [ "$status" -eq 0 ] || { head -c 500 "$data/answer" || true; tail -n 5 "$data/log" || true; } 2>/dev/null
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$data"
  exit "$status"
}
trap finish EXIT

call() { # status method path [curl options]: the answer is in $data/answer, its headers are in $data/headers
  local expected=$1 method=$2 path=$3 status
  shift 3
  status=$(curl -sS -m 30 -o "$data/answer" -D "$data/headers" -w '%{http_code}' -X "$method" ${token:+-H "Authorization: Bearer $token"} "$@" "$url/api/v1$path")
  [ "$status" = "$expected" ] || { echo "$method $path: $status, not $expected"; exit 1; }
}
post() { call "$1" POST "$2" -H 'Content-Type: application/json' -d "$3"; }
text() { grep -o "\"$1\":\"[^\"]*\"" "$data/answer" | head -n 1 | cut -d '"' -f 4; }
count() { grep -oF "$1" "$data/answer" | wc -l; }
position() { grep -i '^event-position:' "$data/headers" | tr -dc '0-9'; }
equals() { [ "$2" = "$3" ] || { echo "$file: $1: $2, not $3"; exit 1; }; }

Security__MasterKey=$(head -c 32 /dev/urandom | base64) Data__Directory=$data/data ASPNETCORE_ENVIRONMENT=Production \
  dotnet src/Api/bin/Debug/net10.0/Mainstreet.Api.dll --contentRoot "$PWD/src/Api" --urls http://127.0.0.1:0 > "$data/log" 2>&1 &
server=$!
until url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$data/log" | head -n 1); do
  kill -0 "$server" 2>/dev/null || { echo "The product did not start."; exit 1; }
  sleep 0.1
done

while read -r file rows products variants; do
  token=
  shop=${file%.csv}
  post 201 /auth/register "{\"email\":\"$shop@example.com\",\"password\":\"correct horse battery\",\"full_name\":\"Owner\"}"
  token=$(text access_token)
  post 201 /businesses "{\"name\":\"$shop\",\"subdomain\":\"$shop\",\"currency\":\"USD\",\"timezone\":\"Europe/Berlin\"}"
  post 200 /auth/switch-business "{\"business_id\":\"$(text id)\"}"
  token=$(text access_token)

  call 200 POST /business/products:import -H 'Content-Type: text/csv' --data-binary "@$exports/$file"
  equals "products" "$(grep -o '"products":{[^}]*}' "$data/answer")" "\"products\":{\"created\":$products,\"updated\":0,\"unchanged\":0,\"failed\":0}"
  equals "rows created" "$(count '"status":"created","product_id"')" "$rows"
  equals "variants" "$(count '"variant_id"')" "$variants"
  equals "unknown columns" "$(count '"unknown_columns":[]')" 1
  first=$(position)
  call 200 POST /business/products:import -H 'Content-Type: text/csv' --data-binary "@$exports/$file"
  equals "rows unchanged" "$(count '"status":"unchanged","product_id"')" "$rows"
  equals "position after the second import" "$(position)" "$first"

  call 200 GET "/business/stock/items?limit=100"
  equals "variants that are counted" "$(count '"policy":"deny"')" "$variants" # a blank tracker counts as tracked
  call 200 GET "/business/products?limit=100"
  equals "products without a SKU" "$(count '"sku"')" 0

  post 204 /business/storefront/publish '{}'
  token=
  call 200 GET "/storefronts/$shop/products?limit=100"
  equals "products of the storefront" "$(count '"variants":[')" "$products"
  equals "descriptions of the storefront" "$(count '"description"')" "$products"
  handle=$(sed -n 2p "$exports/$file" | cut -d , -f 1)
  call 200 GET "/storefronts/$shop/products?q=$handle"
  equals "products found" "$(count '"variants":[')" 1
  equals "their address" "$(count "\"slug\":\"$handle\"")" 1
  call 200 GET "/storefronts/$shop/products/$handle"
  call 200 GET "/storefronts/$shop/products?q=nothing-is-called-so"
  equals "products found" "$(count '"variants":[')" 0
  echo "$file: $rows rows, $products products, $variants variants; again: nothing changed; found in the storefront"
done <<EOF
home-and-garden.csv 21 20 21
apparel.csv 22 20 22
EOF
