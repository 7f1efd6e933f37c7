//! Prints each word of a PDF with its place: `cargo run --example words -- FILE`.
//!
//! A line a word: page, left, bottom, right, top in points from the page's lower left, and the word.

use std::error::Error;

use amparo_pdf::{Options, read};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("which file?")?;
    let options = Options { words: true, ..Options::default() };
    let pdf = read(&std::fs::read(path)?, &options)?;
    for page in &pdf.pages {
        for paragraph in &page.paragraphs {
            for word in paragraph.lines.iter().flat_map(|line| &line.words) {
                let amparo_pdf::Rect { left, bottom, right, top } = word.bounds;
                let text = &paragraph.text[word.range.clone()];
                println!("{}\t{left:.1}\t{bottom:.1}\t{right:.1}\t{top:.1}\t{text}", page.number);
            }
        }
    }
    Ok(())
}
