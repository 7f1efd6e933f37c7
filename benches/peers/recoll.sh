#!/bin/sh
# Recoll indexes a folder from nothing: `recoll.sh FOLDER WORK`. Prints nothing; exits 77 where Recoll is absent.
# From Debian: apt-get install --no-install-recommends recollcmd poppler-utils
set -eu
command -v recollindex >/dev/null || exit 77
folder=$(realpath "$1") work=$2
rm -rf "$work" && mkdir -p "$work"
# Three stemmers, as Amparo has; no spelling dictionary, which Amparo does not build; text is stored by default, as in Amparo.
cat > "$work/recoll.conf" <<CONF
topdirs = $folder
indexstemminglanguages = english spanish french
noaspell = 1
loglevel = 2
dbdir = $work/xapiandb
cachedir = $work
CONF
exec recollindex -c "$work" -z >/dev/null 2>"$work/log"
