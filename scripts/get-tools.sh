#!/bin/sh
# Installs what the tests use beside Python, where it is missing: each as "what is run:Debian's package".
set -eu

missing=""
for each in pdftotext:poppler-utils chromium:chromium java:default-jre-headless; do
  command -v "${each%%:*}" >/dev/null || missing="$missing ${each##*:}"
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends $missing; } >/dev/null 2>&1 && exit 0
fi
echo "make test needs, as root: apt-get install$missing"
exit 1
