#!/usr/bin/env python3
"""Builds the sample corpus.  Usage: build.py [part-of-a-file-name ...]

A source is a head of "key: value" lines, an empty line and a body in a small subset of Markdown:
## and ### headings, paragraphs, "- " and "1. " lists, | tables |, *italic*, **bold**, [^1] footnotes, and
<<< for a new page (cairo only).
"""
import csv, html, os, re, shutil, subprocess, sys, tempfile
from pathlib import Path

SRC = Path(__file__).resolve().parent
OUT = SRC.parent
WORK = Path(tempfile.mkdtemp(prefix="corpus-"))

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
NOTE = {
    "en": "This document is a sample written for the Amparo project to show the software. It is not evidence.",
    "es": "Este documento es una muestra escrita para el proyecto Amparo con el fin de enseñar el programa. No es una prueba.",
    "fr": "Ce document est un exemple écrit pour le projet Amparo afin de montrer le logiciel. Ce n'est pas une preuve.",
}
PAGE = {"en": "Page", "es": "Página", "fr": "Page"}
OF = {"en": "of", "es": "de", "fr": "sur"}


def long_date(iso, lang):
    parts = [int(p) for p in iso.split("-")]
    if len(parts) == 1:
        return iso
    month = MONTHS[lang][parts[1] - 1]
    if len(parts) == 2:
        return f"{month} {'de ' if lang == 'es' else ''}{parts[0]}"
    day = parts[2]
    if lang == "es":
        return f"{day} de {month} de {parts[0]}"
    if lang == "fr":
        return f"{'1er' if day == 1 else day} {month} {parts[0]}"
    return f"{day} {month} {parts[0]}"


def curly(text, lang):
    text = re.sub(r'(^|[\s(\[*])"', r"\1“", text)
    text = text.replace('"', "”")
    text = re.sub(r"(^|[\s(])'", r"\1‘", text)
    text = text.replace("'", "’")
    if lang == "fr":
        text = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        text = re.sub(r" ([;:?!%])", "\u00a0\\1", text)
    return text


class Doc:
    def __init__(self, path):
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        self.meta = dict(line.split(": ", 1) for line in head.splitlines())
        m = self.meta
        self.stem, self.folder = path.stem, path.parent.name
        self.langs = m["language"].split()
        self.lang = self.langs[0]
        self.title, self.publisher = m["title"], m["publisher"]
        self.date = long_date(m["published"], self.lang)
        self.options = m.get("options", "").split()
        self.out = OUT / self.folder / f"{self.stem}.{m['format']}"
        self.rel = f"{self.folder}/{self.out.name}"
        self.notes, self.blocks = {}, []
        for chunk in re.split(r"\n\s*\n", body.strip()):
            self.chunk(chunk.strip("\n"))

    def chunk(self, chunk):
        lines = chunk.splitlines()
        first = lines[0]
        if m := re.match(r"(#{2,3}) (.*)", first):
            self.blocks.append((f"h{len(m[1])}", m[2]))
            if lines[1:]:
                self.chunk("\n".join(lines[1:]))
        elif first.startswith("[^"):
            for line in lines:
                m = re.match(r"\[\^(\d+)\]: (.*)", line)
                self.notes[m[1]] = m[2]
        elif first == "<<<":
            self.blocks.append(("page", ""))
        elif first.startswith("- "):
            self.blocks.append(("ul", [line[2:] for line in lines]))
        elif re.match(r"\d+\. ", first):
            items = [re.match(r"(\d+)\. (.*)", line).groups() for line in lines]
            self.blocks.append(("ol", items))
        elif first.startswith("|"):
            rows = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
            self.blocks.append(("table", [rows[0]] + rows[2:]))
        else:
            self.blocks.append(("p", " ".join(lines)))


def inline(text, esc, b, i, note=None):
    out = []
    for part in re.split(r"(\*\*.+?\*\*|\*.+?\*|\[\^\d+\])", text):
        if part.startswith("**"):
            out.append(b[0] + esc(part[2:-2]) + b[1])
        elif part.startswith("*") and len(part) > 2:
            out.append(i[0] + esc(part[1:-1]) + i[1])
        elif (m := re.fullmatch(r"\[\^(\d+)\]", part)) and note:
            out.append(note(m[1]))
        else:
            out.append(esc(part))
    return "".join(out)


def run(*cmd, **kw):
    r = subprocess.run([str(c) for c in cmd], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kw)
    if r.returncode:
        sys.exit(f"{cmd[0]} failed:\n{r.stdout.decode(errors='replace')[-3000:]}")
    return r.stdout


# ---------------------------------------------------------------- HTML

def html_inline(doc, text):
    note = lambda n: f'<sup id="fnref{n}"><a href="#fn{n}">[{n}]</a></sup>'
    esc = lambda s: html.escape(curly(s, doc.lang), quote=False)
    return inline(text, esc, ("<strong>", "</strong>"), ("<em>", "</em>"), note)


def slug(text):
    import unicodedata
    text = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def html_body(doc, ids=True):
    out = []
    for kind, v in doc.blocks:
        t = lambda s: html_inline(doc, s)
        if kind in ("h2", "h3"):
            attr = f' id="{slug(v)}"' if ids else ""
            out.append(f"<{kind}{attr}>{t(v)}</{kind}>")
        elif kind == "p":
            out.append(f"<p>{t(v)}</p>")
        elif kind == "ul":
            out.append("<ul>\n" + "\n".join(f"<li>{t(i)}</li>" for i in v) + "\n</ul>")
        elif kind == "ol" and doc.meta.get("template") == "J":
            out += [f'<p class="parr" id="p{n}"><span class="num">{n}.</span> {t(i)}</p>' for n, i in v]
        elif kind == "ol":
            out.append(f'<ol start="{v[0][0]}">\n' + "\n".join(f"<li>{t(i)}</li>" for _, i in v) + "\n</ol>")
        elif kind == "table":
            rows = ["<tr>" + "".join(f'<th scope="col">{t(c)}</th>' for c in v[0]) + "</tr>"]
            rows += ["<tr>" + "".join(f"<td>{t(c)}</td>" for c in r) + "</tr>" for r in v[1:]]
            out.append("<table>\n" + "\n".join(rows) + "\n</table>")
    if doc.notes:
        out.append('<section class="footnotes">\n<ol>\n' + "\n".join(
            f'<li id="fn{n}">{html_inline(doc, s)} <a href="#fnref{n}">↩</a></li>' for n, s in doc.notes.items())
            + "\n</ol>\n</section>")
    return "\n".join(out)


UI = {
    "en": dict(home="Home", countries="Countries", topics="Topics", reports="Reports", about="About us", search="Search",
               cookie="We use cookies to remember your settings. You can accept or refuse them.", yes="Accept all", no="Refuse",
               share="Share", related="You may also like", news="Newsletter", newstext="One message a month. No advertising.",
               sub="Subscribe", foot="Contact · Privacy · Accessibility · Terms of use", skip="Skip to main content",
               updated="Published", read="Most read", printv="Print", toc="On this page"),
    "es": dict(home="Inicio", countries="Países", topics="Temas", reports="Informes", about="Quiénes somos", search="Buscar",
               cookie="Usamos cookies para recordar sus preferencias. Puede aceptarlas o rechazarlas.", yes="Aceptar todas", no="Rechazar",
               share="Compartir", related="También le puede interesar", news="Boletín", newstext="Un mensaje al mes. Sin publicidad.",
               sub="Suscribirse", foot="Contacto · Privacidad · Accesibilidad · Condiciones de uso", skip="Ir al contenido principal",
               updated="Publicado el", read="Lo más leído", printv="Imprimir", toc="En esta página"),
    "fr": dict(home="Accueil", countries="Pays", topics="Thèmes", reports="Rapports", about="Qui sommes-nous", search="Rechercher",
               cookie="Nous utilisons des cookies pour mémoriser vos préférences. Vous pouvez les accepter ou les refuser.", yes="Tout accepter", no="Refuser",
               share="Partager", related="À lire aussi", news="Lettre d'information", newstext="Un message par mois. Sans publicité.",
               sub="S'abonner", foot="Contact · Confidentialité · Accessibilité · Conditions d'utilisation", skip="Aller au contenu principal",
               updated="Publié le", read="Les plus lus", printv="Imprimer", toc="Sur cette page"),
}


def make_html(doc, docs):
    u, lang, iso = UI[doc.lang], doc.lang, doc.meta["published"]
    e = lambda s: html.escape(s, quote=True)
    title = e(doc.title)
    charset = doc.meta.get("declare", "utf-8")
    body = html_body(doc)
    note = f'<p class="sample-note"><small>{e(NOTE[lang])}</small></p>'
    same = [d for d in docs if d.lang == lang and d is not doc]
    k = docs.index(doc)
    related = [same[(k + j * 3) % len(same)] for j in range(3)]
    rel = "\n".join(f'<li><a href="../{d.rel}">{e(d.title)}</a></li>' for d in related)
    langs = " ".join(f'<a href="#" hreflang="{c}"{" class=on" if c == lang else ""}>{n}</a>'
                     for c, n in (("en", "English"), ("es", "Español"), ("fr", "Français")))
    lead = e(re.sub(r"[*]|\[\^\d+\]", "", next(v for kind, v in doc.blocks if kind == "p"))[:180].rsplit(" ", 1)[0])
    nav = "".join(f'<li><a href="#">{u[x]}</a></li>' for x in ("home", "countries", "topics", "reports", "about"))
    share = f'<div class="share"><span>{u["share"]}</span> <a href="#">Facebook</a> <a href="#">X</a> <a href="#">WhatsApp</a> <a href="#">Email</a> <a href="#">{u["printv"]}</a></div>'
    cookie = f'<div id="cookie-banner" class="cookies" role="dialog"><p>{u["cookie"]}</p><button type="button">{u["yes"]}</button> <button type="button">{u["no"]}</button></div>'
    crumb = f'<nav class="breadcrumb" aria-label="breadcrumb"><ol><li><a href="#">{u["home"]}</a></li><li><a href="#">{u["reports"]}</a></li><li>{title}</li></ol></nav>'
    pub = e(doc.publisher)
    t = doc.meta["template"]
    if t == "A":
        page = f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="{charset}">
<title>{title} | {pub}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{lead}…">
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{pub}">
<meta property="og:locale" content="{lang}">
<meta property="article:published_time" content="{iso}T09:00:00+00:00">
<style>body{{font:16px/1.5 sans-serif;margin:0}}main{{max-width:44em;margin:auto}}.side{{float:right;width:14em}}</style>
</head>
<body class="single article">
<a class="skip" href="#main">{u["skip"]}</a>
{cookie}
<header class="site-header">
<div class="brand"><a href="#">{pub}</a></div>
<div class="lang-switch">{langs}</div>
<nav class="primary"><ul>{nav}</ul></nav>
<form role="search"><input type="search" placeholder="{u["search"]}"><button type="submit">{u["search"]}</button></form>
</header>
{crumb}
<main id="main">
<article>
<header>
<h1 id="title">{title}</h1>
<p class="byline">{pub} · <time datetime="{iso}">{doc.date}</time></p>
{share}
</header>
{body}
{note}
</article>
<aside class="related"><h2>{u["related"]}</h2>
<ul>
{rel}
</ul></aside>
</main>
<footer class="site-footer"><p>{u["foot"]}</p><p>{pub}</p></footer>
</body>
</html>
"""
    elif t == "B":
        toc = "".join(f'<li><a href="#{slug(v)}">{html_inline(doc, v)}</a></li>' for kind, v in doc.blocks if kind == "h2")
        page = f"""<!doctype html>
<html lang="{lang}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}</title>
<meta name="author" content="{pub}">
<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "Report", "headline": "{doc.title}", "datePublished": "{iso}", "inLanguage": "{lang}", "publisher": {{"@type": "Organization", "name": "{doc.publisher}"}}}}
</script>
<style>#wrap{{display:flex}}#content{{flex:3}}#sidebar{{flex:1}}</style>
</head>
<body>
<div id="top"><div id="logo">{pub}</div><div id="langs">{langs}</div>
<ul id="menu">{nav}</ul></div>
<div id="crumbs">{u["home"]} &raquo; {u["topics"]} &raquo; {title}</div>
<div id="wrap">
<main id="content">
<h1>{title}</h1>
<div class="meta"><span class="pubdate">{u["updated"]} {doc.date}</span></div>
{share}
{body}
{note}
{share}
</main>
<div id="sidebar">
<div class="box"><h3>{u["toc"]}</h3><ul>{toc}</ul></div>
<div class="box"><h3>{u["read"]}</h3><ul>
{rel}
</ul></div>
<div class="box"><h3>{u["news"]}</h3><p>{u["newstext"]}</p><input type="email"> <button>{u["sub"]}</button></div>
</div>
</div>
<div id="footer">{u["foot"]}</div>
{cookie}
</body>
</html>
"""
    elif t == "C":
        page = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML lang="{lang}">
<HEAD>
<META http-equiv="Content-Type" content="text/html; charset={charset}">
<TITLE>{pub} - {title}</TITLE>
<META name="dcterms.title" content="{title}">
<META name="date" content="{iso}">
<META name="dcterms.issued" content="{iso}">
<META name="dcterms.publisher" content="{pub}">
</HEAD>
<BODY bgcolor="#ffffff">
<TABLE width="100%" class="header"><TR><TD><B>{pub}</B></TD><TD align="right">{langs}</TD></TR></TABLE>
<TABLE width="100%"><TR valign="top">
<TD width="160" class="leftmenu"><UL>{nav}</UL><P>{u["read"]}</P><UL>
{rel}
</UL></TD>
<TD>
<DIV class="breadcrumb">{u["home"]} &gt; {u["countries"]} &gt; {title}</DIV>
<DIV id="article" role="main">
<H1 id="top">{title}</H1>
<P class="date">{doc.date}</P>
{body}
{note}
</DIV>
{share}
</TD></TR></TABLE>
<DIV class="footer"><HR>{u["foot"]}</DIV>
{cookie}
</BODY>
</HTML>
"""
    else:  # J: a page of case-law, no headings
        page = f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="{charset}">
<title>{title}</title>
<meta name="dcterms.issued" content="{iso}">
<meta name="dcterms.publisher" content="{pub}">
<style>.parr{{text-align:justify}}.titulo{{text-align:center;font-weight:bold}}</style>
</head>
<body>
<div class="barra"><a href="#">{u["home"]}</a> | <a href="#">Jurisprudencia</a> | <a href="#">{u["search"]}</a> | {langs}</div>
<div class="documento">
<p class="titulo">{title}</p>
<p class="fecha">{pub}, {doc.date}</p>
{body}
{note}
</div>
<div class="pie">{u["foot"]}</div>
</body>
</html>
"""
    doc.out.write_bytes(page.encode(doc.meta.get("encoding", "utf-8")))


# ---------------------------------------------------------------- Chromium

def make_chromium(doc):
    font = "'Liberation Serif'" if "serif" in doc.options else "'Liberation Sans'"
    t = html.escape(curly(doc.title, doc.lang))
    page = f"""<!doctype html><html lang="{doc.lang}"><head><meta charset="utf-8"><title>{t}</title><style>
@page{{size:A4;margin:24mm 22mm 22mm;@top-center{{content:"{t}";font:8pt {font};color:#555}}
@bottom-right{{content:"{PAGE[doc.lang]} " counter(page) " {OF[doc.lang]} " counter(pages);font:8pt {font}}}}}
@page:first{{@top-center{{content:""}}}}
body{{font:11pt/1.45 {font};hyphens:auto;text-align:justify}}h1{{font-size:20pt;line-height:1.2;text-align:left;margin:.2em 0}}
h2{{font-size:13.5pt;color:#1d3f6e;margin:1.2em 0 .3em;break-after:avoid}}h3{{font-size:11.5pt;font-style:italic;margin:.9em 0 .2em;break-after:avoid}}
.by{{border-bottom:1px solid #999;padding-bottom:6pt;color:#333}}.note{{border:1px solid #888;padding:5pt 8pt;font-size:9pt}}
ul{{padding-left:1.2em}}li{{margin:.2em 0}}</style></head><body>
<h1>{t}</h1><p class="by">{html.escape(doc.publisher)} · {doc.date}</p>
{html_body(doc)}
<p class="note">{html.escape(curly(NOTE[doc.lang], doc.lang))}</p></body></html>"""
    src = WORK / f"{doc.stem}.html"
    src.write_text(page, encoding="utf-8")
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-sync", "--disable-component-update", "--disable-default-apps", "--disable-dev-shm-usage",
        f"--user-data-dir={WORK}/profile", "--no-pdf-header-footer", f"--print-to-pdf={doc.out}", src.as_uri(), timeout=120)


# ---------------------------------------------------------------- LibreOffice

def make_libreoffice(doc):
    esc = lambda s: html.escape(curly(s, doc.lang), quote=False)
    t = lambda s: inline(s, esc, ('<text:span text:style-name="B">', "</text:span>"), ('<text:span text:style-name="I">', "</text:span>"))
    country = {"en": "US", "es": "ES", "fr": "FR"}[doc.lang]
    title = doc.meta.get("pdftitle", doc.title)
    out = [f'<text:p text:style-name="Title">{t(doc.title)}</text:p>',
           f'<text:p text:style-name="By">{t(doc.publisher)} – {doc.date}</text:p>']
    for kind, v in doc.blocks:
        if kind in ("h2", "h3"):
            out.append(f'<text:h text:style-name="H{kind[1]}" text:outline-level="{int(kind[1]) - 1}">{t(v)}</text:h>')
        elif kind == "p":
            out.append(f'<text:p text:style-name="Body">{t(v)}</text:p>')
        elif kind == "ul":
            out.append('<text:list text:style-name="L">' + "".join(
                f'<text:list-item><text:p text:style-name="Item">{t(i)}</text:p></text:list-item>' for i in v) + "</text:list>")
        elif kind == "ol":
            out += [f'<text:p text:style-name="Num">{n}.<text:tab/>{t(i)}</text:p>' for n, i in v]
    out.append(f'<text:p text:style-name="Note">{t(NOTE[doc.lang])}</text:p>')
    fonts = ("DejaVu Serif", "9.5pt") if "declaration" in doc.options else ("Liberation Serif", "11.5pt")
    fodt = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{html.escape(title)}</dc:title><dc:language>{doc.lang}</dc:language></office:meta>
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{fonts[0]}'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="F" fo:font-size="{fonts[1]}" fo:language="{doc.lang}" fo:country="{country}"/></style:default-style>
<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="19pt" fo:font-weight="bold"/></style:style>
<style:style style:name="By" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.6cm"/><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:text-align="justify" fo:line-height="118%" fo:orphans="2" fo:widows="2"/></style:style>
<style:style style:name="Item" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.1cm"/></style:style>
<style:style style:name="Num" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.22cm" fo:text-align="justify" fo:margin-left="0.9cm" fo:text-indent="-0.9cm" fo:line-height="118%"><style:tab-stops><style:tab-stop style:position="0.9cm"/></style:tab-stops></style:paragraph-properties></style:style>
<style:style style:name="H2" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.45cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>
<style:style style:name="H3" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>
<style:style style:name="Note" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.5cm" fo:padding="0.2cm" fo:border="0.5pt solid #666666"/><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:text-properties fo:font-size="8.5pt" fo:color="#555555"/></style:style>
<style:style style:name="Foot" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="8.5pt"/></style:style>
<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.5cm" fo:margin-left="0.7cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
</office:styles>
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.8cm" fo:margin-bottom="1.6cm" fo:margin-left="2.6cm" fo:margin-right="2.6cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-bottom="0.4cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.9cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="PL">
<style:header><text:p text:style-name="Small">{esc(doc.publisher)} | {esc(doc.title)}</text:p></style:header>
<style:footer><text:p text:style-name="Foot">{PAGE[doc.lang]} <text:page-number text:select-page="current"/> {OF[doc.lang]} <text:page-count/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
{chr(10).join(out)}
</office:text></office:body></office:document>"""
    src = WORK / f"{doc.stem}.fodt"
    src.write_text(fodt, encoding="utf-8")
    run("soffice", f"-env:UserInstallation=file://{WORK}/lo", "--headless", "--convert-to", "pdf:writer_pdf_Export",
        "--outdir", WORK, src, timeout=180)
    shutil.move(WORK / f"{doc.stem}.pdf", doc.out)


# ---------------------------------------------------------------- LaTeX

def tex_esc(lang):
    def esc(s):
        s = curly(s, lang)
        for a, b in (("\\", r"\textbackslash{}"), ("&", r"\&"), ("%", r"\%"), ("$", r"\$"), ("#", r"\#"), ("_", r"\_"),
                     ("\u00a0", "~"), ("“", "``"), ("”", "''"), ("‘", "`"), ("’", "'"), ("«", r"\guillemotleft "), ("»", r"\guillemotright{}")):
            s = s.replace(a, b)
        return s.replace(r"\guillemotleft ~", r"\guillemotleft~").replace("...", r"\dots ")
    return esc


def make_latex(doc):
    esc = tex_esc(doc.lang)
    note = lambda n: r"\footnote{" + t(doc.notes[n]) + "}"
    t = lambda s: inline(s, esc, (r"\textbf{", "}"), (r"\emph{", "}"), note)
    o = doc.options
    book, two = "book" in o, "twocolumn" in o
    out, first = [], True
    for kind, v in doc.blocks:
        if kind == "h2":
            v = re.sub(r"^\d+(\.\d+)*\.? ", "", v)
            if book and first:
                out.append(r"\section*{%s}" % t(v))
            elif book and v != "Sources":
                out.append((r"\tableofcontents\clearpage\pagenumbering{arabic}" if not any("tableofcontents" in x for x in out) else r"\clearpage")
                           + r"\section{%s}" % t(v))
            elif v in ("Sources", "Fuentes"):
                out.append((r"\clearpage" if book else "") + r"\section*{%s}\small" % t(v))
            else:
                out.append(r"\section{%s}" % t(v))
            first = False
        elif kind == "h3":
            out.append(r"\subsection{%s}" % t(v))
        elif kind == "p":
            out.append(t(v) + "\n")
        elif kind == "ul":
            out.append(r"\begin{itemize}" + "".join("\n\\item " + t(i) for i in v) + "\n\\end{itemize}")
        elif kind == "ol":
            out.append(r"\begin{enumerate}" + "".join("\n\\item " + t(i) for _, i in v) + "\n\\end{enumerate}")
    if "xobject" in o:
        box = WORK / "chronology.pdf"
        cairo_box(box, "Annex: chronology",
                  ["1982: new Citizenship Law; the Rohingya are not among the recognised national races.",
                   "1991–92: some 250,000 people flee to Bangladesh; most are later returned.",
                   "2012: communal violence in Rakhine State; camps around Sittwe.",
                   "October 2016: attacks on border posts and a first campaign of reprisals.",
                   "25 August 2017: attacks by ARSA, followed by the expulsion of most of the Rohingya.",
                   "September 2018: report of the fact-finding mission; ruling on jurisdiction in The Hague."])
        out.insert(len(out) - 2, r"\par\bigskip\noindent\includegraphics[width=.82\linewidth]{chronology.pdf}\par")
    babel = {"en": "english", "es": "spanish,es-noindentfirst", "fr": "french"}[doc.lang]
    pt, paper = ("10pt", "a4paper") if two else ("11pt", "a5paper" if book else "a4paper")
    geo = "margin=18mm,top=22mm" if book else ("margin=20mm,top=26mm" if two else "margin=30mm")
    pdftitle = esc(doc.title)
    titlepage = (r"\begin{titlepage}\centering\vspace*{3cm}{\LARGE\bfseries %s\par}\vspace{1cm}{\large %s\par}\vspace{.5cm}%s\par\vfill\small %s\end{titlepage}\setcounter{page}{2}"
                 % (esc(doc.title), esc(doc.publisher), doc.date, esc(NOTE[doc.lang]))) if book else r"\maketitle\thispagestyle{plain}"
    head = esc(doc.title.split(":")[0] if book else doc.title)
    roman = r"\pagenumbering{roman}" if book else ""
    tex = rf"""\documentclass[{pt},{paper}{',twocolumn' if two else ''}]{{article}}
\usepackage[utf8]{{inputenc}}\usepackage[T1]{{fontenc}}\usepackage{{lmodern}}\usepackage{{textcomp}}
\usepackage[{babel}]{{babel}}\usepackage[{geo}]{{geometry}}\usepackage{{graphicx}}\usepackage{{fancyhdr}}
\usepackage[hidelinks,pdfpagelabels]{{hyperref}}\usepackage{{bookmark}}
\hypersetup{{pdftitle={{{pdftitle}}},pdfauthor={{{esc(doc.publisher)}}}}}
\pagestyle{{fancy}}\fancyhf{{}}\fancyhead[L]{{\small\itshape {head}}}\fancyhead[R]{{\small\thepage}}\setlength{{\headheight}}{{14pt}}
\pdfsuppressptexinfo=-1
\title{{{esc(doc.title)}}}\author{{{esc(doc.publisher)}}}\date{{{doc.date}}}
\emergencystretch=1em
\begin{{document}}
{roman}
{titlepage}
{chr(10).join(out)}

\medskip\noindent\fbox{{\parbox{{.95\linewidth}}{{\footnotesize {esc(NOTE[doc.lang])}}}}}
\end{{document}}
"""
    (WORK / f"{doc.stem}.tex").write_text(tex, encoding="utf-8")
    for _ in range(2):
        run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{doc.stem}.tex", cwd=WORK)
    shutil.move(WORK / f"{doc.stem}.pdf", doc.out)


# ---------------------------------------------------------------- cairo and Pango

def pango(ctx, markup, width, size, lang, indent=0, justify=True, family="DejaVu Serif"):
    import gi
    gi.require_version("Pango", "1.0"); gi.require_version("PangoCairo", "1.0")
    from gi.repository import Pango, PangoCairo
    lay = PangoCairo.create_layout(ctx)
    lay.set_font_description(Pango.FontDescription(f"{family} {size}"))
    lay.set_width(int(width * Pango.SCALE))
    lay.set_wrap(Pango.WrapMode.WORD)
    lay.set_justify(justify)
    lay.set_spacing(int(2.2 * Pango.SCALE))
    lay.set_indent(int(indent * Pango.SCALE))
    lay.set_markup(markup, -1)
    return lay


def cairo_box(path, title, lines):
    import cairo, gi
    gi.require_version("Pango", "1.0"); gi.require_version("PangoCairo", "1.0")
    from gi.repository import PangoCairo
    surf = cairo.PDFSurface(str(path), 420, 172)
    ctx = cairo.Context(surf)
    ctx.set_source_rgb(.93, .93, .9); ctx.rectangle(0, 0, 420, 172); ctx.fill(); ctx.set_source_rgb(0, 0, 0)
    ctx.move_to(10, 8)
    PangoCairo.show_layout(ctx, pango(ctx, "<b>%s</b>\n%s" % (title, "\n".join(html.escape(x) for x in lines)), 400, 8, "en", justify=False, family="DejaVu Sans"))
    surf.finish()


def make_cairo(doc, path=None):
    import cairo, gi
    gi.require_version("Pango", "1.0"); gi.require_version("PangoCairo", "1.0")
    from gi.repository import Pango, PangoCairo
    W, H, M = 595.28, 841.89, 70
    surf = cairo.PDFSurface(str(path or doc.out), W, H)
    if "untitled" not in doc.options:
        surf.set_metadata(cairo.PDFMetadata.TITLE, doc.title)
    ctx = cairo.Context(surf)
    esc = lambda s: html.escape(curly(s, doc.lang), quote=False)
    t = lambda s: inline(s, esc, ("<b>", "</b>"), ("<i>", "</i>"))
    size = 10.5
    page, y = 1, M

    def furniture():
        ctx.move_to(M, 36)
        PangoCairo.show_layout(ctx, pango(ctx, f"<i>{esc(doc.title)}</i>", W - 2 * M, 8, doc.lang, justify=False))
        ctx.move_to(W / 2 - 8, H - 44)
        PangoCairo.show_layout(ctx, pango(ctx, f"– {page} –", 60, 8, doc.lang, justify=False))

    def put(markup, gap, size=size, indent=0, left=0, justify=True, keep=0):
        nonlocal y, page
        lay = pango(ctx, markup, W - 2 * M - left, size, doc.lang, indent, justify)
        n = lay.get_line_count()
        lines = [lay.get_line_readonly(k) for k in range(n)]
        it = lay.get_iter()
        y += gap
        if y + sum(lines[k].get_pixel_extents()[1].height for k in range(min(n, 2))) + keep > H - M:
            furniture(); ctx.show_page(); page += 1; y = M
        base = None
        for k in range(n):
            ink, log = it.get_line_extents()
            h = log.height / Pango.SCALE
            if y + h > H - M:
                furniture(); ctx.show_page(); page += 1; y = M
            ctx.move_to(M + left + log.x / Pango.SCALE, y + (it.get_baseline() - log.y) / Pango.SCALE)
            PangoCairo.show_layout_line(ctx, it.get_line_readonly())
            y += h + 1.5
            it.next_line()

    put(f"<b>{esc(doc.title)}</b>", 0, 18, justify=False)
    put(f"{esc(doc.publisher)}, {doc.date}", 4, 10, justify=False)
    for kind, v in doc.blocks:
        if kind in ("h2", "h3"):
            put(f"<b>{t(v)}</b>", 13 if kind == "h2" else 8, 13 if kind == "h2" else 11, justify=False, keep=30)
        elif kind == "p":
            put(t(v), 5, indent=0)
        elif kind == "page":
            furniture(); ctx.show_page(); page += 1; y = M - 13
        elif kind == "ul":
            for i in v:
                put("• " + t(i), 3, 9.5, left=10, justify=False)
    put(esc(NOTE[doc.lang]), 14, 8.5, justify=False)
    furniture()
    surf.finish()


def make_scan(doc):
    from PIL import Image, ImageFilter
    import random
    pdf = WORK / f"{doc.stem}.pdf"
    make_cairo(doc, pdf)
    run("pdftoppm", "-r", "120", "-gray", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, WORK / "scan")
    im = Image.open(WORK / "scan.png").convert("L").rotate(0.5, fillcolor=255, resample=Image.BICUBIC)
    im = im.filter(ImageFilter.GaussianBlur(0.5)).point(lambda p: int(28 + p * 0.83))
    random.seed(7)
    px = im.load()
    for _ in range(900):
        px[random.randrange(im.width), random.randrange(im.height)] = random.randrange(60, 160)
    im.save(WORK / "scan.jpg", quality=38, dpi=(120, 120), optimize=True)
    run("img2pdf", "--title", "Scan_0001", "-o", doc.out, WORK / "scan.jpg")


# ---------------------------------------------------------------- ReportLab

def make_reportlab(doc):
    from reportlab import rl_config
    rl_config.invariant = 1
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.styles import ParagraphStyle as S
    from reportlab.platypus import SimpleDocTemplate, Paragraph, Spacer, Flowable
    fam = ("Helvetica", "Helvetica-Bold") if doc.lang == "es" else ("Times-Roman", "Times-Bold")
    body = S("b", fontName=fam[0], fontSize=11, leading=14.5, spaceAfter=7, alignment=4)
    h2 = S("h2", fontName=fam[1], fontSize=13, leading=16, spaceBefore=9, spaceAfter=4, keepWithNext=1)
    h3 = S("h3", parent=h2, fontSize=11)
    big = S("t", fontName=fam[1], fontSize=19, leading=23, spaceAfter=6)
    item = S("i", parent=body, leftIndent=14, bulletIndent=3, alignment=0, spaceAfter=4)
    t = lambda s: inline(s, lambda x: html.escape(x, quote=False), ("<b>", "</b>"), ("<i>", "</i>"))

    class Stamp(Flowable):
        """The sample note as a form XObject which carries text."""
        def wrap(self, w, h):
            self.w = w
            return w, 34
        def draw(self):
            c = self.canv
            c.beginForm("note", 0, 0, self.w, 30)
            c.setFont(fam[0], 7.6); c.rect(1, 1, self.w - 2, 26); c.drawString(6, 11, NOTE[doc.lang])
            c.endForm()
            c.doForm("note")

    def furniture(c, d):
        c.saveState(); c.setFont("Helvetica", 8)
        c.drawString(72, 760, doc.title); c.drawRightString(540, 36, f"{PAGE[doc.lang]} {d.page}")
        c.restoreState()

    st = [Paragraph(t(doc.title), big), Paragraph(f"{doc.publisher}, {doc.date}", body)]
    for kind, v in doc.blocks:
        if kind in ("h2", "h3"):
            st.append(Paragraph(t(v), h2 if kind == "h2" else h3))
        elif kind == "p":
            st.append(Paragraph(t(v), body))
        elif kind == "ul":
            st += [Paragraph(t(i), item, bulletText="•") for i in v]
    st += [Spacer(1, 8), Stamp()]
    path = WORK / f"{doc.stem}.pdf"
    SimpleDocTemplate(str(path), pagesize=LETTER, leftMargin=72, rightMargin=72, topMargin=64, bottomMargin=60,
                      title=doc.title, author=doc.publisher).build(st, onFirstPage=furniture, onLaterPages=furniture)
    if "encrypt" in doc.options:
        # opens without a password; the owner password only limits printing and copying on paper
        run("qpdf", "--static-id", "--encrypt", "", "amparo-sample", "256", "--", path, doc.out)
    else:
        shutil.move(path, doc.out)


def main():
    docs = [Doc(p) for lang in ("en", "es", "fr") for p in sorted((SRC / lang).glob("*.md"))]
    only = sys.argv[1:]
    try:
        for doc in docs:
            if only and not any(o in doc.rel for o in only):
                continue
            doc.out.parent.mkdir(exist_ok=True)
            kind = doc.meta["producer"]
            print(kind, doc.rel, flush=True)
            if kind == "html":
                make_html(doc, docs)
            else:
                globals()[f"make_{kind}"](doc)
        with open(OUT / "CATALOGUE.csv", "w", newline="", encoding="utf-8") as f:
            w = csv.writer(f, lineterminator="\r\n")
            w.writerow("path title publisher published language countries violations".split())
            for d in docs:
                m = d.meta
                w.writerow([d.rel, d.title, d.publisher, m["published"], m["language"], m["countries"], m["violations"]])
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


main()
