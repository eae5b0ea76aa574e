# Sourced by checks that use the running product: a folder of their own in $data, products that are started from the build, and all of it gone in the end.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=$(mktemp -d)
chmod 755 "$data" # PostgreSQL runs as another user where this one is root
started=()
export Security__MasterKey ASPNETCORE_ENVIRONMENT=Production Email__Sandbox=true
Security__MasterKey=$(head -c 32 /dev/urandom | base64)

finish() {
  local status=$?
  [ "$status" -eq 0 ] || { head -c 500 "$data/answer" && echo; tail -n 5 "$data"/*.log; } 2> /dev/null || true
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do # the one with the private PostgreSQL was first, and ends last
    { kill "${started[i]}" && wait "${started[i]}"; } 2> /dev/null || true
  done
  rm -rf "$data"
  exit "$status"
}
trap finish EXIT

start() { # name: a product with the settings of the environment, in a folder of this name; its address is in $url
  touch "$data/$1.log"
  Data__Directory=$data/$1 dotnet src/Api/bin/Debug/net10.0/Mainstreet.Api.dll --contentRoot "$PWD/src/Api" --urls http://127.0.0.1:0 > "$data/$1.log" 2>&1 &
  started+=($!)
  until url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$data/$1.log" | head -n 1); do
    kill -0 "${started[-1]}" 2> /dev/null || { echo "The product did not start."; exit 1; }
    sleep 0.1
  done
}

call() { # status method path [curl options]: the answer is in $data/answer, its headers are in $data/headers
  local expected=$1 method=$2 path=$3 status
  shift 3
  status=$(curl -sS -m 30 -o "$data/answer" -D "$data/headers" -w '%{http_code}' -X "$method" ${token:+-H "Authorization: Bearer $token"} "$@" "$url/api/v1$path")
  [ "$status" = "$expected" ] || { echo "$method $path: $status, not $expected"; exit 1; }
}

post() { # status path body
  call "$1" POST "$2" -H 'Content-Type: application/json' -d "$3"
}

text() { # member: the first of this name in the answer
  grep -o "\"$1\":\"[^\"]*\"" "$data/answer" | head -n 1 | cut -d '"' -f 4
}

business() { # subdomain name currency: its owner's token is in $token
  token=
  post 201 /auth/register "{\"email\":\"owner@$1.example\",\"password\":\"correct horse battery\",\"full_name\":\"Owner\"}"
  token=$(text access_token)
  post 201 /businesses "{\"name\":\"$2\",\"subdomain\":\"$1\",\"currency\":\"$3\",\"timezone\":\"Europe/Berlin\"}"
  post 200 /auth/switch-business "{\"business_id\":\"$(text id)\"}"
  token=$(text access_token)
}
