#!/usr/bin/env python3
"""Builds the PDFs in this folder: one concept each, our own words, a few kilobytes.

    python3 -m pip install pikepdf      # only for the encrypted ones
    python3 build.py                    # writes NAME.pdf, NAME.txt and expected.tsv beside this file
    python3 build.py NAME...            # only these

NAME.txt is the text that has to come out: paragraphs each on a line, a form feed at the end of each page. expected.tsv
says what else has to be known of a file, one fact a line: file, what, value; "-" stands for nothing. What it can be:

    title, author, publisher, published, language    of the file itself
    labels      the page labels
    sections    what the bookmarks say of each page, parted by " | "
    values      values of form fields that no appearance shows, parted by " | "
    notes       notes, parted by " | "
    error       why nothing can be read

The files are committed. Building them again changes the encrypted ones, whose keys are random, and no others.
"""

import sys
import zlib
from pathlib import Path

HERE = Path(__file__).parent
TEXTS, FACTS, BUILDERS = {}, [], {}


def fixture(build):
    """Registers a function that returns a file's bytes; its name is the file's."""
    BUILDERS[build.__name__.replace("_", "-")] = build
    return build


def expect(name, *pages, **facts):
    """States what comes out of a file: its pages, each a list of paragraphs, and facts."""
    if pages:
        TEXTS[name] = "".join("".join(f"{text}\n" for text in page) + "\f" for page in pages)
    FACTS.extend((f"{name}.pdf", key, value) for key, value in facts.items())


class Pdf:
    """Objects in the order in which they are added, written with a cross-reference table."""

    def __init__(self):
        self.objects = []
        self.pages = []
        self.catalog = self.add("")
        self.tree = self.add("")
        self.font = self.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        self.trailer = ""
        self.root = ""

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.objects)

    def stream(self, data, entries="", compress=False):
        data = data if isinstance(data, bytes) else data.encode("latin-1")
        if compress:
            data, entries = zlib.compress(data, 9), entries + "/Filter/FlateDecode"
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode(), len(data), data))

    def page(self, content, fonts=None, entries="", resources=""):
        """Adds a page; `fonts` are names and object numbers, F1 is Helvetica."""
        fonts = {"F1": self.font, **(fonts or {})}
        listed = "".join(f"/{name} {number} 0 R" for name, number in fonts.items())
        stream = self.stream(content)
        page = self.add(
            f"<</Type/Page/Parent {self.tree} 0 R/MediaBox[0 0 595 842]/Contents {stream} 0 R"
            f"/Resources<</Font<<{listed}>>{resources}>>{entries}>>"
        )
        self.pages.append(page)
        return page

    def close_tree(self):
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.objects[self.catalog - 1] = f"<</Type/Catalog/Pages {self.tree} 0 R{self.root}>>".encode()
        self.objects[self.tree - 1] = f"<</Type/Pages/Kids[{kids}]/Count {len(self.pages)}>>".encode()

    def bytes(self, close=True):
        if close:
            self.close_tree()
        out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        trailer = f"<</Size {len(offsets) + 1}/Root {self.catalog} 0 R{self.trailer}>>"
        out += b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode("latin-1"), start)
        return bytes(out)


def escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def show(text, x=72, y=760, size=12, font="F1"):
    """Content that shows a text at a place; WinAnsi characters only."""
    data = text.encode("cp1252").decode("latin-1")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped(data)}) Tj ET\n"


def show_hex(codes, x=72, y=760, size=12, font="F2"):
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n"


def paragraphs(*texts, x=72, y=760, size=12):
    """Content with one paragraph after the other, each a list of lines or one line."""
    content = ""
    for text in texts:
        for line in [text] if isinstance(text, str) else text:
            content += show(line, x, y, size)
            y -= size * 1.2
        y -= size * 1.2
    return content


def one_page(content, **page):
    pdf = Pdf()
    pdf.page(content, **page)
    return pdf.bytes()


def cmap(entries):
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FFFF> endcodespacerange\n"
        f"{entries}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    )


# Fonts and encodings


@fixture
def encodings():
    pdf = Pdf()
    plain = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman%s>>"
    fonts = {"F2": pdf.add(plain % ""), "F3": pdf.add(plain % "/Encoding/MacRomanEncoding")}
    content = show("Détention arbitraire – 12 €", y=760)
    # In StandardEncoding 0xAE is fi and 0xAA opens a quotation; in MacRoman 0x8E is e with an acute accent.
    content += "BT /F2 12 Tf 1 0 0 1 72 720 Tm (\\252a de\\256ned threat\\272) Tj ET\n"
    content += "BT /F3 12 Tf 1 0 0 1 72 680 Tm (La d\\216tention, la libert\\216) Tj ET\n"
    pdf.page(content, fonts)
    expect("encodings", ["Détention arbitraire – 12 €", "“a defined threat”", "La détention, la liberté"])
    return pdf.bytes()


@fixture
def differences():
    pdf = Pdf()
    names = "/D /e /t /eacute /n /i /uni00F3 /space /f_f_i /c /a.sc /l"
    font = pdf.add(
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding"
        f"/Differences[1 {names}]>>>>"
    )
    # D e t e n c i ó n, then o f-ffi-c i a l by other names.
    codes = "01 02 03 02 05 0A 06 07 05 08 03 04 08 02 09 0A 06 0B 0C".replace(" ", "")
    pdf.page(show_hex(codes), {"F2": font})
    expect("differences", ["Detención té efficial"])
    return pdf.bytes()


@fixture
def to_unicode():
    pdf = Pdf()
    table = pdf.stream(
        cmap(
            "2 beginbfchar <01> <0054> <09> <006600690072> endbfchar\n"
            "2 beginbfrange <02> <03> <0068> <04> <08> [<0065> <0020> <0061> <0066> <00660069>] endbfrange"
        )
    )
    font = pdf.add(
        "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Own/FirstChar 1/LastChar 9"
        f"/Widths[611 556 556 556 278 556 278 500 833]/Encoding/WinAnsiEncoding/ToUnicode {table} 0 R>>"
    )
    pdf.page(show_hex("0102040506070805060904"), {"F2": font})
    expect("to-unicode", ["The affi afire"])
    return pdf.bytes()


@fixture
def identity_h():
    pdf = Pdf()
    text = "Mujeres y niñas"
    glyphs = {c: 36 + index for index, c in enumerate(dict.fromkeys(text))}
    entries = "\n".join(f"<{glyph:04X}> <{ord(c):04X}>" for c, glyph in glyphs.items())
    table = pdf.stream(cmap(f"{len(glyphs)} beginbfchar\n{entries}\nendbfchar"))
    descriptor = pdf.add(
        "<</Type/FontDescriptor/FontName/ABCDEF+Own/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        "/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
    )
    widths = " ".join("278" if c in " i" else "833" if c == "M" else "556" for c in glyphs)
    child = pdf.add(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 1000/W[36[{widths}]]/CIDToGIDMap/Identity>>"
    )
    font = pdf.add(
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H"
        f"/DescendantFonts[{child} 0 R]/ToUnicode {table} 0 R>>"
    )
    pdf.page(show_hex("".join(f"{glyphs[c]:04X}" for c in text)), {"F2": font})
    expect("identity-h", [text])
    return pdf.bytes()


def predefined(name, ordering, base, data):
    pdf = Pdf()
    descriptor = pdf.add(
        f"<</Type/FontDescriptor/FontName/{base}/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
        "/Descent -200/CapHeight 700/StemV 80>>"
    )
    child = pdf.add(
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{base}/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})"
        f"/Supplement 2>>/FontDescriptor {descriptor} 0 R/DW 1000>>"
    )
    font = pdf.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{base}-{name}/Encoding/{name}/DescendantFonts[{child} 0 R]>>"
    )
    pdf.page(show_hex(data.hex()), {"F2": font})
    return pdf.bytes()


@fixture
def cmap_90ms_rksj():
    expect("cmap-90ms-rksj", ["人権と拷問"])
    return predefined("90ms-RKSJ-H", "Japan1", "HeiseiMin-W3", "人権と拷問".encode("cp932"))


@fixture
def cmap_unigb_ucs2():
    expect("cmap-unigb-ucs2", ["人权报告"])
    return predefined("UniGB-UCS2-H", "GB1", "STSong-Light", "人权报告".encode("utf-16-be"))


@fixture
def built_in_encoding():
    """A Type 1 program whose own encoding is the only one that says what its codes mean."""
    pdf = Pdf()
    names = {1: "D", 2: "eacute", 3: "t", 4: "e", 5: "n", 6: "u"}
    program = "%!PS-AdobeFont-1.0: Own\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n"
    program += "".join(f"dup {code} /{name} put\n" for code, name in names.items())
    program += "readonly def\ncurrentfile eexec\n"
    file = pdf.stream(program, f"/Length1 {len(program)}/Length2 0/Length3 0")
    descriptor = pdf.add(
        "<</Type/FontDescriptor/FontName/ABCDEF+Own/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        f"/Ascent 800/Descent -200/CapHeight 700/StemV 80/FontFile {file} 0 R>>"
    )
    font = pdf.add(
        "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Own/FirstChar 1/LastChar 6"
        f"/Widths[722 556 278 556 556 556]/FontDescriptor {descriptor} 0 R>>"
    )
    pdf.page(show_hex("01020304050603"), {"F2": font})
    expect("built-in-encoding", ["Détenut"])
    return pdf.bytes()


@fixture
def vertical():
    """Columns of characters from top to bottom, from right to left."""
    pdf = Pdf()
    base = "HeiseiMin-W3"
    child = pdf.add(
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{base}/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)"
        "/Supplement 2>>/DW 1000/DW2[880 -1000]>>"
    )
    font = pdf.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{base}-UniJIS-UCS2-V/Encoding/UniJIS-UCS2-V/DescendantFonts[{child} 0 R]>>"
    )
    columns = ["人権侵害の報告", "と拷問の防止"]
    content = "".join(
        show_hex(text.encode("utf-16-be").hex(), 500 - 24 * place, 760) for place, text in enumerate(columns)
    )
    pdf.page(content, {"F2": font})
    expect("vertical", ["人権侵害の報告 と拷問の防止"])
    return pdf.bytes()


@fixture
def type3():
    pdf = Pdf()
    letters = {1: ("N", "N"), 2: ("o", "o"), 3: ("space", " "), 4: ("m", "m"), 5: ("a", "a"), 6: ("s", "s")}
    procedures = {number: pdf.stream("600 0 0 0 500 700 d1 0 0 500 700 re f") for number in letters}
    named = "".join(f"/{letters[number][0]} {stream} 0 R" for number, stream in procedures.items())
    names = " ".join(f"/{name}" for name, _ in letters.values())
    font = pdf.add(
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[0.001 0 0 0.001 0 0]/Resources<<>>"
        f"/FirstChar 1/LastChar 6/Widths[600 600 600 600 600 600]/CharProcs<<{named}>>"
        f"/Encoding<</Type/Encoding/Differences[1 {names}]>>>>"
    )
    pdf.page(show_hex("010203040506"), {"F2": font})
    expect("type3", ["No mas"])
    return pdf.bytes()


# Content


@fixture
def form_nested():
    pdf = Pdf()
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]%s/Resources<<%s/Font<</F1 %d 0 R>>>>"
    inner = pdf.stream(show("Two forms deep.", 72, 680), entries % ("", "", pdf.font))
    outer = pdf.stream(
        show("One form deep.", 72, 820) + "/X Do\n",
        entries % ("/Matrix[1 0 0 1 0 -100]", f"/XObject<</X {inner} 0 R>>", pdf.font),
    )
    pdf.page(show("On the page.") + "q /X Do Q", resources=f"/XObject<</X {outer} 0 R>>")
    expect("form-nested", ["On the page.", "One form deep.", "Two forms deep."])
    return pdf.bytes()


@fixture
def form_itself():
    pdf = Pdf()
    own = len(pdf.objects) + 1
    pdf.stream(
        show("Once is enough.", y=720) + "/X Do",
        f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {own} 0 R>>/Font<</F1 {pdf.font} 0 R>>>>",
    )
    pdf.page(show("On the page.") + "/X Do", resources=f"/XObject<</X {own} 0 R>>")
    expect("form-itself", ["On the page.", "Once is enough."])
    return pdf.bytes()


@fixture
def actual_text():
    content = show("The court heard", y=760)
    content += "/Span<</ActualText<FEFF003300300020007700690074006E0065007300730065007300>>>BDC\n"
    content += show("3O wltnesses", 170, 760) + "EMC\n"
    expect("actual-text", ["The court heard 30 witnesses"])
    return one_page(content)


@fixture
def font_by_graphics_state():
    pdf = Pdf()
    font = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/MacRomanEncoding>>")
    content = show("Before", y=760) + "/G gs BT 1 0 0 1 72 720 Tm (d\216tention) Tj ET\n"
    pdf.page(content, resources=f"/ExtGState<</G<</Font[{font} 0 R 12]>>>>")
    expect("font-by-graphics-state", ["Before", "détention"])
    return pdf.bytes()


@fixture
def inline_image():
    image = "BI /W 8 /H 3 /CS /G /BPC 8 /F /AHx ID 00FF00FF00FF00FF 00FF00FF00FF00FF 00FF00FF00FF00FF> EI\n"
    tricky = "q 20 0 0 20 300 600 cm BI /W 4 /H 4 /CS /G /BPC 8 ID ab EI(no) Tj\x01\x02\x03\x04 EI Q\n"
    expect("inline-image", ["Before the image.", "After the image."])
    return one_page(show("Before the image.", y=760) + image + tricky + show("After the image.", y=720))


@fixture
def invisible_text():
    pdf = Pdf()
    image = pdf.stream(
        bytes(8), "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 1"
    )
    layer = "BT 3 Tr /F1 12 Tf 1 0 0 1 72 760 Tm (Read from a scanned page.) Tj ET"
    pdf.page(f"q 595 0 0 842 0 0 cm /I Do Q {layer}", resources=f"/XObject<</I {image} 0 R>>")
    expect("invisible-text", ["Read from a scanned page."])
    return pdf.bytes()


@fixture
def image_only():
    pdf = Pdf()
    image = pdf.stream(
        bytes(8), "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 1"
    )
    pdf.page("q 595 0 0 842 0 0 cm /I Do Q", resources=f"/XObject<</I {image} 0 R>>")
    expect("image-only", [])
    return pdf.bytes()


@fixture
def fake_bold():
    content = "".join(show("Summary of findings", 72 + shift, 760, 14) for shift in (0, 0.3, 0.6))
    content += show("Shadow", 72, 720, 14) + show("Shadow", 73, 719, 14)
    content += show("very very slowly", 72, 680)
    expect("fake-bold", ["Summary of findings", "Shadow", "very very slowly"])
    return one_page(content)


# Layout


@fixture
def rotated_page():
    lines = ["The table was printed", "on a sheet turned sideways."]
    content = ""
    for index, line in enumerate(lines):
        content += f"BT /F1 12 Tf 0 1 -1 0 {72 + index * 14} 72 Tm ({line}) Tj ET\n"
    expect("rotated-page", ["The table was printed on a sheet turned sideways."])
    return one_page(content, entries="/Rotate 90")


@fixture
def two_columns():
    left = [
        "Three women who had reported",
        "threats told the commission that",
        "the police had refused to write",
        "down what they said, and had",
        "sent them home without a copy",
        "of any document at all.",
    ]
    right = [
        "The ministry answered in a letter",
        "that every complaint was on file",
        "and that no officer had been the",
        "subject of an inquiry during the",
        "two years to which the questions",
        "of the commission referred.",
    ]
    # Drawn line by line across both columns, as some programs do.
    content = ""
    for index, (one, other) in enumerate(zip(left, right)):
        content += show(one, 72, 760 - 14 * index, 11) + show(other, 320, 760 - 14 * index, 11)
    expect("two-columns", [" ".join(left), " ".join(right)])
    return one_page(content)


@fixture
def narrow_gutter():
    left = ["The register of the prison has", "no entry for the night on which", "the witness heard two cars in", "the yard and a man who asked", "to be given a doctor, and the", "guards say that no one came."]
    right = ["A second witness remembers the", "same night because the lamps", "were switched off for an hour,", "which had not been done before", "and was not done again while", "he was kept in that building."]
    # The gutter is as wide as four spaces; each line is drawn across it.
    content = ""
    for index, (one, other) in enumerate(zip(left, right)):
        content += show(one, 72, 760 - 12 * index, 10) + show(other, 226, 760 - 12 * index, 10)
    expect("narrow-gutter", [" ".join(left), " ".join(right)])
    return one_page(content)


@fixture
def turned_text():
    content = show("The table stands beside the text.", 100, 760)
    content += "BT /F1 12 Tf 0 1 -1 0 60 300 Tm (Up the left margin) Tj ET\n"
    content += "BT /F1 12 Tf 0.866 0.5 -0.5 0.866 200 300 Tm (Draft, not for citation) Tj ET\n"
    expect("turned-text", ["The table stands beside the text.", "Up the left margin", "Draft, not for citation"])
    return one_page(content)


@fixture
def hyphenation():
    lines = [
        "The association gathered docu-",
        "ments from four provinces and a well-",
        "known lawyer exam-",
        "ined them.",
    ]
    expect(
        "hyphenation",
        ["The association gathered documents from four provinces and a well-known lawyer examined them."],
    )
    return one_page(paragraphs(lines))


@fixture
def running_heads():
    pdf = Pdf()
    bodies = [
        ["Chapter one tells how the first office was", "closed and its files were carried away."],
        ["Neighbours saw two lorries without number", "plates leave before the morning."],
        ["Chapter two lists the complaints that were", "lodged and the answers that were given."],
        ["No one has been charged to this day, and the", "office has not been allowed to open again."],
    ]
    pages = []
    for number, lines in enumerate(bodies, 1):
        content = show("Annual report on the closing of offices", 72, 805, 9)
        content += paragraphs(lines, y=740) + show(f"Page {number} of 4", 280, 40, 9)
        pdf.page(content)
        pages.append(["Annual report on the closing of offices", " ".join(lines), f"Page {number} of 4"])
    expect("running-heads", *pages)
    return pdf.bytes()


# What a file says of itself


@fixture
def page_labels():
    pdf = Pdf()
    numbers = ["i", "ii", "1", "2", "3"]
    for number in numbers:
        pdf.page(show(f"Here is printed {number}."))
    pdf.root = "/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>"
    expect("page-labels", *[[f"Here is printed {number}."] for number in numbers], labels="i | ii | 1 | 2 | 3")
    return pdf.bytes()


@fixture
def outline():
    pdf = Pdf()
    texts = ["Introduction", "The police", "The courts"]
    pages = [pdf.page(show(f"{text} begins here.")) for text in texts]
    first, second, third, root = (len(pdf.objects) + index for index in range(1, 5))
    pdf.add(f"<</Title(Introduction)/Parent {root} 0 R/Next {second} 0 R/Dest[{pages[0]} 0 R/Fit]>>")
    pdf.add(
        f"<</Title<FEFF{'La policía'.encode('utf-16-be').hex()}>/Parent {root} 0 R/Prev {first} 0 R/First {third} 0 R"
        f"/Last {third} 0 R/Count 1/A<</S/GoTo/D(police)>>>>"
    )
    pdf.add(f"<</Title(The courts)/Parent {second} 0 R/Dest/courts>>")
    pdf.add(f"<</Type/Outlines/First {first} 0 R/Last {second} 0 R/Count 3>>")
    pdf.root = (
        f"/Outlines {root} 0 R/Names<</Dests<</Names[(police)<</D[{pages[1]} 0 R/XYZ 0 800 0]>>]>>>>"
        f"/Dests<</courts[{pages[2]} 0 R/Fit]>>"
    )
    expect(
        "outline",
        *[[f"{text} begins here."] for text in texts],
        sections="Introduction | La policía | La policía › The courts",
    )
    return pdf.bytes()


@fixture
def form_filled():
    pdf = Pdf()
    appearance = pdf.stream(
        "/Tx BMC q BT /F1 10 Tf 2 4 Td (Choloma, Cort\351s) Tj ET Q EMC",
        f"/Type/XObject/Subtype/Form/BBox[0 0 200 16]/Resources<</Font<</F1 {pdf.font} 0 R>>>>",
    )
    page = len(pdf.objects) + 5
    widget = "<</Type/Annot/Subtype/Widget/F 4/P %d 0 R/Rect[%s]%s>>"
    fields = [
        pdf.add(widget % (page, "72 700 272 716", f"/FT/Tx/T(town)/V(Choloma, Cort\351s)/AP<</N {appearance} 0 R>>")),
        pdf.add(widget % (page, "72 660 272 676", "/FT/Tx/T(witness)/V(A neighbour)")),
        pdf.add(widget % (page, "72 620 88 636", "/FT/Btn/T(police)/TU(Police were called)/V/Yes/AS/Yes")),
    ]
    listed = " ".join(f"{field} 0 R" for field in fields)
    assert pdf.page(show("Where it happened:"), entries=f"/Annots[{listed}]") == page
    pdf.root = f"/AcroForm<</Fields[{listed}]/DA(/F1 10 Tf 0 g)>>"
    # The town is drawn on the page; the other values come after what is drawn.
    text = ["Where it happened:", "Choloma, Cortés", "A neighbour", "Police were called"]
    expect("form-filled", text, values="A neighbour | Police were called")
    return pdf.bytes()


@fixture
def note():
    note = "<</Type/Annot/Subtype/Text/Rect[300 750 320 770]/Contents(Ask for the original.)/T(Reader)>>"
    hidden = "<</Type/Annot/Subtype/Text/Rect[300 700 320 720]/F 2/Contents(Hidden)>>"
    expect("note", ["A page with a note on it."], notes="Ask for the original.")
    return one_page(show("A page with a note on it."), entries=f"/Annots[{note}{hidden}]")


@fixture
def stamp():
    """An annotation that is drawn over the page, its appearance turned and moved by its own matrix."""
    pdf = Pdf()
    drawn = pdf.stream(
        "BT /F1 14 Tf 2 4 Td (RECEIVED) Tj ET",
        "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Matrix[0 1 -1 0 0 0]"
        f"/Resources<</Font<</F1 {pdf.font} 0 R>>>>",
    )
    stamp = f"<</Type/Annot/Subtype/Stamp/F 4/Rect[400 600 420 700]/Contents(Not read)/AP<</N {drawn} 0 R>>>>"
    pdf.page(show("A letter with a stamp on it."), entries=f"/Annots[{stamp}]")
    expect("stamp", ["A letter with a stamp on it.", "RECEIVED"], notes="-")
    return pdf.bytes()


def with_metadata(info, packet=None, root=""):
    pdf = Pdf()
    pdf.page(show("What the file says of itself."))
    pdf.trailer = f"/Info {pdf.add(info)} 0 R"
    if packet:
        data = f"<x:xmpmeta><rdf:RDF><rdf:Description>{packet}</rdf:Description></rdf:RDF></x:xmpmeta>".encode()
        root += f"/Metadata {pdf.stream(data, '/Type/Metadata/Subtype/XML')} 0 R"
    pdf.root = root
    return pdf.bytes()


@fixture
def metadata_good():
    expect(
        "metadata-good",
        ["What the file says of itself."],
        title="Informe sobre detención",
        author="Casa Amparo",
        publisher="Editorial Propia",
        published="2019-08-30",
        language="es",
    )
    packet = (
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Report on detention</rdf:li>"
        "<rdf:li xml:lang='es'>Informe sobre detención</rdf:li></rdf:Alt></dc:title>"
        "<dc:publisher><rdf:Bag><rdf:li>Editorial Propia</rdf:li></rdf:Bag></dc:publisher>"
        "<dc:date><rdf:Seq><rdf:li>2019-08-30</rdf:li></rdf:Seq></dc:date>"
    )
    return with_metadata("<</Author(Casa Amparo)/CreationDate(D:20190901120000Z)>>", packet, "/Lang(es-HN)")


@fixture
def metadata_bad():
    expect("metadata-bad", ["What the file says of itself."], title="What the file says of itself.", author="-", published="2011-12")
    return with_metadata("<</Title(Microsoft Word - draft2.doc)/Author(user)/CreationDate(D:20111208103000+01'00')>>")


# Damage


SMALL = ["The complaint was not registered.", "No copy was given."]


def small():
    return one_page(paragraphs(*SMALL))


@fixture
def truncated():
    pdf = Pdf()
    for number in (1, 2):
        pdf.page(show(f"Page {number} is here."))
    whole = pdf.bytes()
    expect("truncated", ["Page 1 is here."], ["Page 2 is here."])
    return whole[: whole.index(b"xref")]


@fixture
def no_header():
    expect("no-header", SMALL)
    return small()[15:]


@fixture
def leading_bytes():
    expect("leading-bytes", SMALL)
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + small()


@fixture
def wrong_offsets():
    expect("wrong-offsets", SMALL)
    return small().replace(b"\n%\xe2\xe3\xcf\xd3\n", b"\n%some bytes more\n")


@fixture
def wrong_length():
    expect("wrong-length", SMALL)
    whole = small()
    at = whole.index(b"/Length ") + 8
    return whole[:at] + b"7" + whole[whole.index(b">>stream", at) :]


@fixture
def no_catalog():
    expect("no-catalog", SMALL)
    return small().replace(b"/Type/Catalog/Pages 2 0 R", b"")


@fixture
def cyclic_pages():
    pdf = Pdf()
    page = pdf.page(show("A page in a tree that holds itself."))
    pdf.close_tree()
    pdf.objects[pdf.tree - 1] = f"<</Type/Pages/Kids[{page} 0 R {pdf.tree} 0 R]/Count 2>>".encode()
    expect("cyclic-pages", ["A page in a tree that holds itself."])
    return pdf.bytes(close=False)


# Encryption

PASSAGE = ["Read without a password."]


def padded(password):
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    return (password + padding)[:32]


def rc4(key, data):
    """The cipher of the older revisions; only to build files that others no longer write."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def rc4_file(length, entry, file_id):
    """A file under RC4 with an empty user password (ISO 32000-1, algorithms 1 to 5), its own dictionary as `entry`."""
    from hashlib import md5

    def stretched(data, rounds):
        key = md5(data).digest()
        for _ in range(rounds):
            key = md5(key[:length]).digest()
        return key[:length]

    owner_key = md5(padded(b"owner")).digest()
    for _ in range(50):
        owner_key = md5(owner_key).digest()
    owner = padded(b"")
    for step in range(20):
        owner = rc4(bytes(byte ^ step for byte in owner_key[:length]), owner)
    key = stretched(padded(b"") + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + file_id, 50)
    user = md5(padded(b"") + file_id).digest()
    for step in range(20):
        user = rc4(bytes(byte ^ step for byte in key), user)

    def encrypted(number, data):
        own = md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[: min(length + 5, 16)]
        return rc4(own, data)

    pdf = Pdf()
    number = len(pdf.objects) + 1
    content = encrypted(number, paragraphs(*PASSAGE).encode("latin-1"))
    stream = pdf.stream(content)
    page = pdf.add(
        f"<</Type/Page/Parent {pdf.tree} 0 R/MediaBox[0 0 595 842]/Contents {stream} 0 R"
        f"/Resources<</Font<</F1 {pdf.font} 0 R>>>>>>"
    )
    pdf.pages.append(page)
    pdf.trailer = f"/Encrypt<</Filter/Standard/V 2/R 3/P -4/O<{owner.hex()}>/U<{(user + bytes(16)).hex()}>{entry}>>"
    if file_id:
        pdf.trailer += f"/ID[<{file_id.hex()}><{file_id.hex()}>]"
    return pdf.bytes()


@fixture
def encrypted_no_id():
    expect("encrypted-no-id", PASSAGE)
    return rc4_file(16, "/Length 128", b"")


@fixture
def encrypted_length_in_bytes():
    expect("encrypted-length-in-bytes", PASSAGE)
    return rc4_file(16, "/Length 16", b"0123456789abcdef")


@fixture
def encrypted_odd_length():
    expect("encrypted-odd-length", PASSAGE)
    return rc4_file(10, "/Length 81", b"0123456789abcdef")


def encrypted(name, user="", **how):
    import io

    import pikepdf

    pdf = pikepdf.open(io.BytesIO(one_page(paragraphs(*PASSAGE))))
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner="owner", user=user, **how)
    pdf.save(out, encryption=encryption, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    if user:
        expect(name, error="needs a password")
    else:
        expect(name, PASSAGE)
    return out.getvalue()


@fixture
def encrypted_rc4_40():
    return encrypted("encrypted-rc4-40", R=2, aes=False, metadata=False)


@fixture
def encrypted_rc4_128():
    return encrypted("encrypted-rc4-128", R=3, aes=False, metadata=False)


@fixture
def encrypted_aes_128():
    return encrypted("encrypted-aes-128", R=4)


@fixture
def encrypted_aes_256():
    return encrypted("encrypted-aes-256", R=6)


@fixture
def encrypted_user_password():
    return encrypted("encrypted-user-password", user="secret", R=6)


@fixture
def encrypted_object_streams():
    import io

    import pikepdf

    pdf = pikepdf.open(io.BytesIO(one_page(paragraphs(*PASSAGE))))
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner="owner", user="", R=6)
    pdf.save(out, encryption=encryption, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    expect("encrypted-object-streams", PASSAGE)
    return out.getvalue()


def main(wanted):
    unknown = [name for name in wanted if name not in BUILDERS]
    if unknown:
        sys.exit(f"no such fixture: {', '.join(unknown)}")
    for name, build in BUILDERS.items():
        committed = HERE / f"{name}.pdf"
        # The encrypted ones come out different each time: only on request, if they are there.
        is_random = name.startswith(("encrypted-aes", "encrypted-rc4", "encrypted-user", "encrypted-object"))
        data = build()
        assert len(data) < 10_000, (name, len(data))
        if name in wanted or not wanted and not (is_random and committed.exists()):
            committed.write_bytes(data)
    for name, text in TEXTS.items():
        (HERE / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = ["\t".join(fact) for fact in sorted(FACTS)]
    (HERE / "expected.tsv").write_text("file\twhat\tvalue\n" + "\n".join(rows) + "\n", encoding="utf-8")


main(sys.argv[1:])
