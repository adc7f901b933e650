#!/bin/sh
# Puts uv into build/tools, where neither the system's packages nor its externally-managed marker matter.
# usage: get-uv.sh PYTHON VERSION
set -eu
python=$1
version=$2

if ! "$python" -m pip --version >/dev/null 2>&1; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "make: $python with pip is needed; on Debian: sudo apt-get install python3 python3-pip" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3 python3-pip >/dev/null
fi
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
    --upgrade --target build/tools "uv==$version"
