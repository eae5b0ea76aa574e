#!/usr/bin/env bash
# What integrators do: types generated from the published document, compiled strictly, and used against the running product, whose
# webhooks two public libraries verify.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v npm >/dev/null || { apt-get update -qq && apt-get install -y -qq npm; } >/dev/null
export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

data=$(mktemp -d)
touch "$data/log"
chmod 755 "$data" # the private PostgreSQL runs as another user where this one is root
server=
finish() {
  local status=$?
  [ "$status" -eq 0 ] || tail -n 5 "$data/log"
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$data"
  exit "$status"
}
trap finish EXIT

cp -r tests/clients "$data/clients"
rm -rf "$data/clients/node_modules"
(cd "$data/clients" && npm ci --silent)
(cd "$data/clients" && npx openapi-typescript "$OLDPWD/docs/openapi/v1.json" -o api.ts && npx tsc)

Security__MasterKey=$(head -c 32 /dev/urandom | base64) Data__Directory=$data/data ASPNETCORE_ENVIRONMENT=Production \
  Webhooks__AllowedNetworks__0=127.0.0.0/8 Limits__User__Requests=100000 Limits__Guest__Requests=100000 \
  dotnet src/Api/bin/Debug/net10.0/Mainstreet.Api.dll --contentRoot "$PWD/src/Api" --urls http://127.0.0.1:0 > "$data/log" 2>&1 &
server=$!
until url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$data/log" | head -n 1); do
  kill -0 "$server" 2>/dev/null || { echo "The product did not start."; exit 1; }
  sleep 0.1
done

timeout 300 node "$data/clients/built/smoke.js" "$url"
