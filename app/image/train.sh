#!/usr/bin/env bash
# Starts the service once, so that Java writes down what a start loads and learns (docs/adr/0009-kept-start.md):
# train.sh SERVICE_JAR DATABASE_JAR CACHE. The jar must lie where it will be started from. What it starts ends with it.
set -euo pipefail

service=$1 database=$2 cache=$3
place=$(mktemp -d)
started=()
trap 'for one in "${started[@]}"; do kill "$one" 2>/dev/null && wait "$one" || true; done; rm -rf "$place"' EXIT

# $1 process, $2 port; bash instead of curl, which the image does not have.
until_ready() {
    local line
    for ((i = 0; i < 1200; i++)); do
        kill -0 "$1" || return 1
        if { exec 3<>"/dev/tcp/127.0.0.1/$2"; } 2>/dev/null; then
            printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
            if read -r -t 4 line <&3 && [[ $line == *' 200 '* ]]; then
                exec 3>&-
                return 0
            fi
            exec 3>&-
        fi
        sleep 0.1
    done
    return 1
}

# A service with a database of its own, which makes the tables. The one that is trained must not have the database's
# programs on its class path, since it will be started without them.
env -u DATABASE_URL BIND=127.0.0.1 PORT=18080 ADMIN_PORT=18081 DATA_DIR="$place/first" LOG_LEVEL=WARN \
    java --sun-misc-unsafe-memory-access=allow -cp "$service:$database" io.regulars.Regulars server &
started+=($!)
until_ready $! 18080

password() { sed -n "s/^$1=//p" "$place/first/postgres-passwords"; }
port=$(sed -n 4p "$place/first/postgres/postmaster.pid")
at() { printf 'postgresql://%s:%s@127.0.0.1:%s/regulars' "$1" "$(password "$1")" "$port"; }

# With the collector that larger machines take.
DATABASE_URL=$(at regulars_owner) DATABASE_APP_URL=$(at regulars_app) SECRET_KEY=only-for-this-one-start-of-the-build \
    BIND=127.0.0.1 PORT=18082 ADMIN_PORT=18083 DATA_DIR="$place/second" LOG_LEVEL=WARN \
    java -XX:+UseG1GC -XX:AOTCacheOutput="$cache" -Xlog:disable -Xlog:all=error:stderr --sun-misc-unsafe-memory-access=allow -jar "$service" server &
trained=$!
started+=("$trained")
until_ready "$trained" 18082
kill "$trained"
# 143: ended by the signal, as asked.
wait "$trained" || [[ $? == 143 ]]
[[ -s $cache ]]
