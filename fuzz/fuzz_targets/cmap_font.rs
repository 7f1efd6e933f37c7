//! Any bytes as a font's program or character map, in a small PDF that shows every code with that font. The first byte
//! says as what.

#![no_main]

mod limits;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, data)) = bytes.split_first() else { return };
    let _ = amparo::extract::pdf::extract(&pdf(*kind, data), &limits::limits());
});

/// Entries of the font's dictionary, and of its descriptor, that make object 6 its program or map.
fn entries(kind: u8) -> (&'static str, &'static str) {
    match kind % 7 {
        0 => ("/Subtype/TrueType/ToUnicode 6 0 R", ""),
        1 => ("/Subtype/Type0/DescendantFonts[7 0 R]/Encoding/Identity-H/ToUnicode 6 0 R", ""),
        2 => ("/Subtype/Type0/DescendantFonts[7 0 R]/Encoding 6 0 R", ""),
        3 => ("/Subtype/Type1", "/FontFile 6 0 R"),
        4 => ("/Subtype/TrueType", "/FontFile2 6 0 R"),
        5 => ("/Subtype/Type1", "/FontFile3 6 0 R"),
        _ => ("/Subtype/Type0/DescendantFonts[7 0 R]/Encoding/Identity-H", "/FontFile3 6 0 R"),
    }
}

/// A PDF of one page; without cross-references, which are rebuilt.
fn pdf(kind: u8, data: &[u8]) -> Vec<u8> {
    let (font, descriptor) = entries(kind);
    let codes: String = (0..=255).map(|code| format!("{code:02X}")).collect();
    let content = format!("BT /F 12 Tf 72 700 Td <{codes}> Tj ET");
    let head = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
         5 0 obj<</Type/Font/BaseFont/Own/FontDescriptor 8 0 R{font}>>endobj\n\
         7 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/Own/FontDescriptor 8 0 R\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>endobj\n\
         8 0 obj<</Type/FontDescriptor/FontName/Own/Flags 4{descriptor}>>endobj\n\
         6 0 obj<</Subtype/Type1C/Length1 {size}/Length {size}>>stream\n",
        content.len(),
        size = data.len(),
    );
    let tail: &[u8] = b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 9>>\n";
    [head.as_bytes(), data, tail].concat()
}
