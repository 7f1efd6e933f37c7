#!/bin/sh
# Amparo's stage of indexing and plain tantivy beside Lucene over the same text, in turns: `index.sh FOLDER [ROUNDS]`, from
# anywhere inside the sources, with $LUCENE and $AMPARO as in lucene.sh; exits 77 where Lucene can't run. Each starts anew for
# each row and round, with its text in memory; nothing is extracted or annotated in what is measured. Prints medians as a table.
# "Warm" is the fourth pass of a JVM over the same text. Needs taskset (util-linux).
set -eu
here=$(dirname "$(realpath "$0")") folder=$(realpath "$1") rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Takes the text out, compiles what is to be compiled, and fills the page cache.
"$here/lucene.sh" "$folder" "$work/lucene" >/dev/null
cargo bench --quiet --bench ingest --no-run

# The bench's rows for `index` and `plain tantivy`, under the command given: "wall cpu" to the list of each. Wanted: so many threads.
amparo() {
    name=$1 threads=$2
    shift 2
    AMPARO_BENCH_DIR=$folder AMPARO_BENCH_STAGES='index,plain tantivy' AMPARO_BENCH_ROUNDS=1 AMPARO_BENCH_THREADS=$threads \
        "$@" cargo bench --quiet --bench ingest >"$work/rows"
    for stage in index 'plain tantivy'; do
        awk -F' *[|] *' -v stage="$stage" -v threads="$threads" '$2 == stage && $3 == threads { print $4, $5 }' "$work/rows" \
            >>"$work/$stage, $name"
    done
}

lucene() {
    name=$1 threads=$2
    shift 2
    "$@" "$here/lucene.sh" "$folder" "$work/lucene" "$threads" 4 >"$work/passes"
    sed -n 1p "$work/passes" >>"$work/Lucene, $name"
    sed -n 4p "$work/passes" >>"$work/Lucene warm, $name"
}

for round in $(seq "$rounds"); do
    for one in amparo lucene; do
        "$one" 'one core' 1 taskset -c 0
        "$one" '1 thread' 1 env
        "$one" '2 threads' 2 env
    done
done

# The median of a column of numbers.
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

echo '| | on | wall s | CPU s |'
echo '|---|---|--:|--:|'
for on in 'one core' '1 thread' '2 threads'; do
    for name in index 'plain tantivy' Lucene 'Lucene warm'; do
        runs="$work/$name, $on"
        printf '| %s | %s | %.2f | %.2f |\n' "$name" "$on" "$(cut -d' ' -f1 "$runs" | median)" "$(cut -d' ' -f2 "$runs" | median)"
    done
done
