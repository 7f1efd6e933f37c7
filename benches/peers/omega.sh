#!/bin/sh
# Omega (Xapian) indexes a folder from nothing: `omega.sh FOLDER WORK`. Exits 77 where it is absent.
# From Debian: apt-get install --no-install-recommends xapian-omega poppler-utils
set -eu
command -v omindex >/dev/null || exit 77
folder=$(realpath "$1") work=$2
rm -rf "$work" && mkdir -p "$work"
# A database has one stemmer. Pages that ask robots to stay out are read all the same: the library is the user's own.
exec omindex --db "$work/db" --url / --stemmer=english --ignore-exclusions "$folder" >"$work/log" 2>&1
