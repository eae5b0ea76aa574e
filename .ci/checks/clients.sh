#!/usr/bin/env bash
# What integrators do: types generated from the published document, compiled strictly, and used against the running product, whose
# webhooks two public libraries verify.
set -euo pipefail
. "$(dirname "$0")/../product.sh"
command -v npm >/dev/null || { apt-get update -qq && apt-get install -y -qq npm; } >/dev/null
export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

cp -r tests/clients "$data/clients"
rm -rf "$data/clients/node_modules"
(cd "$data/clients" && npm ci --silent)
(cd "$data/clients" && npx openapi-typescript "$OLDPWD/docs/openapi/v1.json" -o api.ts && npx tsc)

Webhooks__AllowedNetworks__0=127.0.0.0/8 Limits__User__Requests=100000 Limits__Guest__Requests=100000 start product
timeout 300 node "$data/clients/built/smoke.js" "$url"
