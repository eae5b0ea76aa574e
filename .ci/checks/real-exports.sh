#!/usr/bin/env bash
# Imports two real Shopify exports over HTTP into a product of its own, started from the build, twice, and looks at them as a
# customer does. The exports are other people's texts and lie beside the checkout (or in EXPORTS): without them there is nothing
# to check.
set -euo pipefail
. "$(dirname "$0")/../product.sh"
exports=${EXPORTS:-../shared/data/catalog}
if [ ! -f "$exports/home-and-garden.csv" ] || [ ! -f "$exports/apparel.csv" ]; then
  echo "No exports in $exports: nothing to check."
  exit 0
fi

count() { grep -oF "$1" "$data/answer" | wc -l; }
position() { grep -i '^event-position:' "$data/headers" | tr -dc '0-9'; }
equals() { [ "$2" = "$3" ] || { echo "$file: $1: $2, not $3"; exit 1; }; }

start product
while read -r file rows products variants; do
  shop=${file%.csv}
  business "$shop" "$shop" USD

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
