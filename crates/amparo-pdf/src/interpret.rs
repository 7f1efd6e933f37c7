//! Content streams to fragments: runs the operators that place text, ignores those that draw.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::appearance::Appearance;
use super::budget::Budget;
use super::font::{Font, Fonts};
use super::fragments::Fragments;
use super::lexer::{Lexer, Operand, plain_name};
use super::marked::MarkedContent;
use super::matrix::Matrix;
use super::objects;
use super::pages::PageObject;
use super::pictures::{Pictures, inline_pixels};
use super::show::{Paper, Pen};
use super::state::{Run, State, TextState};
use super::streams;

/// A form costs as much as this many operators, so that forms drawing forms drawing forms end early.
const FORM_COST: u64 = 512;
/// More fragments than this are not one page's text: they would fill the memory.
const MOST_FRAGMENTS: usize = 1 << 20;

/// What runs content streams: one for a document, page after page.
pub(super) struct Interpreter<'a> {
    doc: &'a Document,
    fonts: &'a Fonts,
    budget: &'a Budget,
    /// What the page has shown so far.
    pub fragments: Fragments,
    /// What images cover of it.
    pub pictures: Pictures,
    page: (f32, f32),
    /// Whether the last glyph was a space.
    space: bool,
    /// Forms that are being drawn, so that none draws itself.
    open_forms: Vec<ObjectId>,
    marked: MarkedContent,
}

impl<'a> Interpreter<'a> {
    /// An interpreter for the pages of a document, which remembers the words of fragments if it is asked to.
    pub fn new(doc: &'a Document, fonts: &'a Fonts, budget: &'a Budget, words: bool) -> Self {
        Self {
            doc,
            fonts,
            budget,
            fragments: Fragments::new(words),
            pictures: Pictures::default(),
            page: (0.0, 0.0),
            space: false,
            open_forms: Vec::new(),
            marked: MarkedContent::default(),
        }
    }

    /// Draws a page: [`Self::fragments`] are then its text, [`Self::pictures`] its images.
    pub fn draw(&mut self, page: &PageObject<'_>, appearances: &[Appearance]) {
        self.fragments.clear();
        self.space = false;
        self.marked.end_to(0);
        let to_page = page.view.to_display();
        self.page = page.view.size();
        self.pictures = Pictures::of(self.page);
        if !self.budget.operate(1) {
            return;
        }
        self.draw_contents(page, to_page);
        for appearance in appearances {
            let Ok(Object::Stream(form)) = self.doc.get_object(appearance.stream) else { continue };
            self.space = false;
            let placed = Matrix::new(appearance.placement);
            let state = State { to_page: placed.then(to_page), text: TextState::default() };
            self.form(state, page.resources, form);
        }
    }

    fn draw_contents(&mut self, page: &PageObject<'_>, to_page: Matrix) {
        let Some(contents) = objects::value(self.doc, page.dict, b"Contents") else { return };
        let state = State { to_page, text: TextState::default() };
        match contents {
            Object::Stream(stream) => {
                if let Some(bytes) = streams::decode(self.doc, stream, self.budget) {
                    self.run(&bytes, page.resources, state);
                }
            }
            Object::Array(parts) => {
                let mut whole = Vec::new();
                for part in parts {
                    let part =
                        objects::follow(self.doc, part).and_then(|part| part.as_stream().ok());
                    let bytes = part.and_then(|part| streams::decode(self.doc, part, self.budget));
                    let bytes = bytes.as_deref().unwrap_or_default();
                    if whole.len() + bytes.len() > streams::LARGEST_STREAM {
                        self.budget.note("decompressed bytes");
                        break;
                    }
                    whole.extend_from_slice(bytes);
                    whole.push(b'\n');
                    if !self.budget.operate(1) {
                        return;
                    }
                }
                self.run(&whole, page.resources, state);
            }
            _ => {}
        }
    }

    fn run(&mut self, content: &[u8], resources: Option<&Dictionary>, state: State) {
        let mut run = Run::new(resources, state, self.marked.depth());
        let mut lexer = Lexer::new(content);
        while let Some(operator) = lexer.next_operator() {
            if !self.budget.operate(1 + lexer.operands().len() as u64 / 8) {
                break;
            }
            if operator == b"ID" {
                self.pictures.draw(inline_pixels(lexer.operands()), run.state.to_page);
                lexer.skip_inline_image();
            } else {
                self.operate(&mut run, operator, &lexer);
            }
        }
        // Marked content that a stream leaves open ends with it.
        self.marked.end_to(run.marked);
    }

    fn operate<'c>(&mut self, run: &mut Run<'c>, operator: &[u8], lexer: &Lexer<'c>)
    where
        'a: 'c,
    {
        let operands = lexer.operands();
        match operator {
            // Most operators of one letter draw lines or set colours; they are most of all operators.
            [letter] if !matches!(letter, b'q' | b'Q' | b'\'' | b'"') => {}
            b"Tj" | b"TJ" => self.show(run, lexer, operands),
            b"'" => {
                run.next_line();
                self.show(run, lexer, operands);
            }
            b"\"" => {
                if let [Operand::Number(word), Operand::Number(character), ..] = operands {
                    run.state.text.word_spacing = *word;
                    run.state.text.character_spacing = *character;
                }
                run.next_line();
                self.show(run, lexer, operands);
            }
            b"Tf" => {
                if let [.., Operand::Name(name), Operand::Number(size)] = operands {
                    run.state.text.font = self.font(run, name);
                    run.state.text.size = *size;
                }
            }
            b"gs" => {
                if let [.., Operand::Name(name)] = operands {
                    self.graphics_state(run, name);
                }
            }
            b"Do" => {
                if let [.., Operand::Name(name)] = operands {
                    self.external(run, name);
                }
            }
            b"BDC" | b"BMC" => {
                self.marked.begin(self.doc, run, lexer);
            }
            b"EMC" => self.marked.end_to(run.marked.max(self.marked.depth().saturating_sub(1))),
            _ => run.set(operator, operands),
        }
    }

    /// Tj, TJ and the rest: every string and number among the operands, in order.
    fn show<'c>(&mut self, run: &mut Run<'c>, lexer: &Lexer<'c>, operands: &[Operand<'c>]) {
        let font = match &run.state.text.font {
            Some(font) => Rc::clone(font),
            None => self.fonts.fallback(self.doc, self.budget),
        };
        let furniture = self.marked.is_pagination();
        let before = self.fragments.text().len();
        let paper = Paper {
            fragments: &mut self.fragments,
            replacement: self.marked.replacement(),
            space: &mut self.space,
            furniture,
            to_page: run.text.then(run.state.to_page),
            size: self.page,
        };
        let mut pen = Pen::new(&font, &run.state.text, paper);
        let in_array = matches!(operands.first(), Some(Operand::ArrayStart));
        pen.expect(operands.iter().filter_map(|operand| match operand {
            Operand::Number(number) if in_array => Some(*number),
            _ => None,
        }));
        for operand in operands {
            match operand {
                Operand::Number(number) if in_array => pen.kern(*number),
                Operand::Text(_) | Operand::Unescaped { .. } => pen.show(lexer.text(operand)),
                _ => {}
            }
        }
        let moved = pen.lift();
        let written = self.fragments.text().len().saturating_sub(before);
        self.budget.write(written);
        if self.fragments.list().len() > MOST_FRAGMENTS {
            self.budget.end("characters");
        }
        run.text = if font.vertical {
            run.text.shifted(0.0, -moved)
        } else {
            run.text.shifted(moved, 0.0)
        };
    }

    fn font<'c>(&self, run: &mut Run<'c>, name: &'c [u8]) -> Option<Rc<Font>> {
        if let Some((_, font)) = run.named.iter().find(|(known, _)| *known == name) {
            return Some(Rc::clone(font));
        }
        let fonts = objects::dictionary(self.doc, run.resources?, b"Font")?;
        let dict = objects::dictionary(self.doc, fonts, &plain_name(name))?;
        let font = self.fonts.get(self.doc, dict, self.budget);
        // A page that names thousands of fonts must not make each look-up slow.
        if run.named.len() < 64 {
            run.named.push((name, Rc::clone(&font)));
        }
        Some(font)
    }

    fn graphics_state(&self, run: &mut Run<'_>, name: &[u8]) {
        let font = run.resource(self.doc, b"ExtGState", name).and_then(|state| {
            let state = objects::as_dictionary(state)?;
            let font = objects::array(self.doc, state, b"Font")?;
            let dict = objects::as_dictionary(objects::follow(self.doc, font.first()?)?)?;
            let size = objects::as_number(self.doc, font.get(1)?)?;
            Some((self.fonts.get(self.doc, dict, self.budget), size))
        });
        if let Some((font, size)) = font {
            run.state.text.font = Some(font);
            run.state.text.size = size;
        }
    }

    /// Draws a form; of an image only its place is remembered.
    fn external(&mut self, run: &Run<'_>, name: &[u8]) {
        let Some(resources) = run.resources else { return };
        let Some(forms) = objects::dictionary(self.doc, resources, b"XObject") else { return };
        let Some(object) = forms.as_hashmap().get(plain_name(name).as_ref()) else { return };
        let Some((id, Object::Stream(form))) = objects::follow_with_id(self.doc, object) else {
            return;
        };
        if objects::name(self.doc, &form.dict, b"Subtype") == Some(b"Image") {
            let side = |key| objects::number(self.doc, &form.dict, key);
            let pixels = side(b"Width").zip(side(b"Height")).map(|(width, height)| width * height);
            return self.pictures.draw(pixels, run.state.to_page);
        }
        let id = id.unwrap_or_default();
        if self.open_forms.contains(&id) {
            return;
        }
        if self.open_forms.len() >= self.budget.depth() {
            return self.budget.note("nesting");
        }
        self.open_forms.push(id);
        self.form(run.state.clone(), run.resources, form);
        self.open_forms.pop();
    }

    fn form(&mut self, mut state: State, resources: Option<&Dictionary>, form: &Stream) {
        if !self.budget.operate(FORM_COST) {
            return;
        }
        let Some(bytes) = streams::decode(self.doc, form, self.budget) else { return };
        let matrix = objects::numbers(self.doc, &form.dict, b"Matrix").map(Matrix::new);
        state.to_page = matrix.unwrap_or(Matrix::IDENTITY).then(state.to_page);
        let resources = objects::dictionary(self.doc, &form.dict, b"Resources").or(resources);
        self.run(&bytes, resources, state);
    }
}
