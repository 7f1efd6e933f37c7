#!/bin/sh
# Lucene indexes the text of a folder from nothing: `lucene.sh FOLDER WORK [THREADS] [PASSES]`. Lucene extracts nothing, so it
# is given what `amparo` (on the PATH or in $AMPARO) extracts beforehand, which is kept in WORK and not measured. Prints a
# line for each pass: wall seconds, CPU seconds, documents, bytes of the index; Lucene.java says what they hold. Exits 77
# where Java, jq or the jars are absent: $LUCENE is a folder with lucene-core-9.*.jar and lucene-analysis-common-9.*.jar.
# From Debian: apt-get install --no-install-recommends default-jre-headless jq
set -eu
here=$(dirname "$(realpath "$0")") folder=$(realpath "$1") work=$2 threads=${3:-1} passes=${4:-1}
absent() {
    echo "hint: $1" >&2
    exit 77
}
command -v java >/dev/null || absent 'Lucene needs Java 11 or newer on the PATH'
command -v jq >/dev/null || absent 'Lucene needs jq on the PATH'
ls "${LUCENE:-}"/*.jar >/dev/null 2>&1 || absent 'set LUCENE to the folder of the jars of Lucene 9'
mkdir -p "$work/classes"

if [ ! -s "$work/text" ]; then
    # A file that can't be read is a warning; the others are indexed. JSON lines become lines of tab-separated fields, in
    # which jq writes a backslash double.
    find -L "$folder" -type f \( -name '*.pdf' -o -name '*.html' -o -name '*.htm' \) -print0 | LC_ALL=C sort -z |
        { xargs -0 "${AMPARO:-amparo}" extract --format json 2>"$work/log" || true; } |
        jq -r '["D", .path, .metadata.title // ""],
            (.passages[] | ["P", .page // ""], (.paragraphs[] | [.language, .text])) | @tsv' >"$work/text.new"
    [ -s "$work/text.new" ] || { cat "$work/log" >&2; exit 2; }
    mv "$work/text.new" "$work/text"
fi
# Compiled by itself, so that this isn't part of the JVM's start, which is measured. Debian's JRE has the compiler too, if not
# the command.
jars=$(printf '%s:' "$LUCENE"/*.jar)
java --list-modules | grep -q '^jdk\.compiler@' || absent 'Lucene needs a Java with the module jdk.compiler'
java -m jdk.compiler/com.sun.tools.javac.Main -cp "$jars" -d "$work/classes" "$here/Lucene.java"
exec java -cp "$work/classes:$jars" Lucene "$work/text" "$work/index" "$threads" "$passes"
