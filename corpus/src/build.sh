#!/bin/sh
# Rebuilds every sample document and CATALOGUE.csv from the texts in en/, es/ and fr/.
# On Debian it installs the packages it needs when one of the tools is missing (as root).
set -eu
cd "$(dirname "$0")"
need=""
for tool in soffice:libreoffice-writer-nogui chromium:chromium pdflatex:texlive-latex-base \
            qpdf:qpdf pdftoppm:poppler-utils img2pdf:img2pdf; do
    command -v "${tool%%:*}" >/dev/null 2>&1 || need=1
done
/usr/bin/python3 -c 'import reportlab, cairo, PIL, gi; gi.require_version("PangoCairo", "1.0")' 2>/dev/null || need=1
kpsewhich french.ldf spanish.ldf lmodern.sty >/dev/null 2>&1 || need=1
if [ -n "$need" ]; then
    apt-get install -y --no-install-recommends \
        libreoffice-writer-nogui chromium fonts-liberation fonts-dejavu-core qpdf poppler-utils img2pdf \
        texlive-latex-base texlive-latex-recommended texlive-lang-spanish texlive-lang-french lmodern \
        python3 python3-reportlab python3-pil python3-cairo python3-gi python3-gi-cairo gir1.2-pango-1.0
fi
# A fixed time makes most of the files come out the same on each build.
export SOURCE_DATE_EPOCH=1704067200
exec /usr/bin/python3 build.py "$@"
