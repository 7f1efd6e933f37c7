#!/bin/sh
# Amparo beside its peers over one folder, in turns: `compare.sh FOLDER [ROUNDS]`, with `amparo` on the PATH or in $AMPARO.
# Each indexes from nothing; the first round only fills the page cache. Prints medians as a table. Peers that are absent are
# left out. Needs GNU time (apt-get install time).
set -eu
here=$(dirname "$(realpath "$0")") folder=$1 rounds=${2:-5}
amparo=${AMPARO:-amparo}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs a command and adds "wall cpu peak-KB bytes-of-index" to its list.
run() {
    name=$1 index=$2
    shift 2
    rm -rf "$index"
    if /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >/dev/null 2>&1; then
        [ "$round" = 0 ] || echo "$(tail -n 1 "$work/time") $(du -sb "$index" | cut -f1)" >>"$work/$name.runs"
    else
        status=$?
        [ "$status" = 77 ] || echo "$name ended with status $status" >&2
    fi
}

for round in $(seq 0 "$rounds"); do
    run amparo "$work/index" "$amparo" ingest --no-catalogue --semantic off --index "$work/index" "$folder"
    run recoll "$work/recoll" "$here/recoll.sh" "$folder" "$work/recoll"
    run omega "$work/omega" "$here/omega.sh" "$folder" "$work/omega"
done

# The median of a column of numbers.
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

echo '| | wall s | CPU s | peak MB | index MB |'
echo '|---|--:|--:|--:|--:|'
for name in amparo recoll omega; do
    runs="$work/$name.runs"
    [ -s "$runs" ] || continue
    wall=$(awk '{ print $1 }' "$runs" | median)
    cpu=$(awk '{ print $2 + $3 }' "$runs" | median)
    peak=$(awk '{ print $4 / 1000 * 1.024 }' "$runs" | median)
    size=$(awk '{ print $5 / 1e6 }' "$runs" | median)
    printf '| %s | %.1f | %.1f | %.0f | %.1f |\n' "$name" "$wall" "$cpu" "$peak" "$size"
done
