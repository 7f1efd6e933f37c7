//! Content streams to fragments: runs the operators that place text, ignores those that draw.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::appearance::Appearance;
use super::budget::Budget;
use super::font::{Font, Fonts, push_clean};
use super::fragments::Fragments;
use super::lexer::{Lexer, Operand, plain_name};
use super::matrix::Matrix;
use super::objects;
use super::pages::Page;
use super::show::{Pen, Replacement, TextState};
use super::streams;

/// More saved graphics states than this are not kept: real pages nest a few dozen.
const MOST_SAVED: usize = 4096;

/// What runs content streams: one for a document, page after page.
pub(super) struct Interpreter<'a> {
    doc: &'a Document,
    fonts: &'a Fonts,
    budget: &'a Budget,
    /// What the page has shown so far.
    pub fragments: Fragments,
    page: (f32, f32),
    /// Whether the last glyph was a space.
    space: bool,
    /// Forms that are being drawn, so that none draws itself.
    open_forms: Vec<ObjectId>,
    /// Marked content that is open; those with a text of their own.
    marked: Vec<Option<Replacement>>,
    /// How many of them have one.
    replacing: usize,
}

/// The graphics state that `q` saves.
#[derive(Clone)]
struct State {
    to_page: Matrix,
    text: TextState,
}

/// One content stream being run.
struct Run<'a> {
    resources: Option<&'a Dictionary>,
    state: State,
    saved: Vec<State>,
    /// Saved states that were too many to keep.
    unsaved: usize,
    line: Matrix,
    text: Matrix,
    /// Fonts by the name they have here.
    named: Vec<(&'a [u8], Rc<Font>)>,
}

impl<'a> Interpreter<'a> {
    /// An interpreter for the pages of a document.
    pub fn new(doc: &'a Document, fonts: &'a Fonts, budget: &'a Budget) -> Self {
        Self {
            doc,
            fonts,
            budget,
            fragments: Fragments::default(),
            page: (0.0, 0.0),
            space: false,
            open_forms: Vec::new(),
            marked: Vec::new(),
            replacing: 0,
        }
    }

    /// Draws a page: [`Self::fragments`] are then its text. Returns the page's height as it is displayed.
    pub fn draw(&mut self, page: &Page<'_>) -> f32 {
        self.fragments.clear();
        self.space = false;
        self.marked.clear();
        self.replacing = 0;
        let (to_page, size) = displayed(page);
        self.page = size;
        self.draw_contents(page, to_page);
        size.1
    }

    /// Draws forms over the page that was drawn last: the appearances of its annotations.
    pub fn draw_over(&mut self, page: &Page<'_>, appearances: &[Appearance]) {
        let (to_page, _) = displayed(page);
        for appearance in appearances {
            let Ok(Object::Stream(form)) = self.doc.get_object(appearance.stream) else { continue };
            let [a, b, c, d, e, f] = appearance.placement;
            let state = State {
                to_page: Matrix::new([a, b, c, d, e, f]).then(to_page),
                text: TextState::default(),
            };
            self.form_in(form, page.resources, state);
        }
    }

    fn draw_contents(&mut self, page: &Page<'_>, to_page: Matrix) {
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
                    whole.extend_from_slice(bytes.as_deref().unwrap_or_default());
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
        let mut run = Run {
            resources,
            state,
            saved: Vec::new(),
            unsaved: 0,
            line: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            named: Vec::new(),
        };
        let mut lexer = Lexer::new(content);
        let marked = self.marked.len();
        while let Some(operator) = lexer.next_operator() {
            if !self.budget.operate(1 + lexer.operands().len() as u64 / 8) {
                break;
            }
            if operator == b"ID" {
                lexer.skip_inline_image();
            } else {
                self.operate(&mut run, operator, &lexer);
            }
        }
        // Marked content that a stream leaves open ends with it.
        while self.marked.len() > marked {
            self.end_marked();
        }
    }

    fn operate<'c>(&mut self, run: &mut Run<'c>, operator: &[u8], lexer: &Lexer<'c>)
    where
        'a: 'c,
    {
        let operands = lexer.operands();
        match operator {
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
                let replacement = self.replacement(run, lexer, operands);
                self.replacing += usize::from(replacement.is_some());
                if self.marked.len() < MOST_SAVED {
                    self.marked.push(replacement);
                }
            }
            b"EMC" => self.end_marked(),
            _ => run.set(operator, operands),
        }
    }

    /// Tj, TJ and the rest: every string and number among the operands, in order.
    fn show<'c>(&mut self, run: &mut Run<'c>, lexer: &Lexer<'c>, operands: &[Operand<'c>]) {
        let font = match &run.state.text.font {
            Some(font) => Rc::clone(font),
            None => self.fonts.fallback(self.doc, self.budget),
        };
        let replacement = if self.replacing == 0 {
            None
        } else {
            // The outermost text replaces those inside it.
            self.marked.iter_mut().flatten().next()
        };
        let before = self.fragments.text().len();
        let mut pen = Pen::new(
            &font,
            &run.state.text,
            &mut self.fragments,
            replacement,
            &mut self.space,
            (run.text.then(run.state.to_page), self.page),
        );
        let in_array = matches!(operands.first(), Some(Operand::ArrayStart));
        if in_array {
            pen.expect(operands.iter().filter_map(|operand| match operand {
                Operand::Number(number) => Some(*number),
                _ => None,
            }));
        }
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

    /// Draws a form; images are no text.
    fn external(&mut self, run: &Run<'_>, name: &[u8]) {
        let Some(resources) = run.resources else { return };
        let Some(forms) = objects::dictionary(self.doc, resources, b"XObject") else { return };
        let Some(object) = forms.as_hashmap().get(plain_name(name).as_ref()) else { return };
        let Some((id, Object::Stream(form))) = objects::follow_with_id(self.doc, object) else {
            return;
        };
        if objects::name(self.doc, &form.dict, b"Subtype") == Some(b"Image") {
            return;
        }
        let id = id.unwrap_or_default();
        if self.open_forms.len() >= self.budget.depth() || self.open_forms.contains(&id) {
            return;
        }
        self.open_forms.push(id);
        self.form(run, form);
        self.open_forms.pop();
    }

    fn form(&mut self, run: &Run<'_>, form: &Stream) {
        self.form_in(form, run.resources, run.state.clone());
    }

    fn form_in(&mut self, form: &Stream, outer: Option<&Dictionary>, mut state: State) {
        // A form costs more than an operator, so that forms drawing forms drawing forms end early.
        if !self.budget.operate(64) {
            return;
        }
        let Some(bytes) = streams::decode(self.doc, form, self.budget) else { return };
        let matrix = objects::numbers(self.doc, &form.dict, b"Matrix").map(Matrix::new);
        state.to_page = matrix.unwrap_or(Matrix::IDENTITY).then(state.to_page);
        let resources = objects::dictionary(self.doc, &form.dict, b"Resources").or(outer);
        self.run(&bytes, resources, state);
    }

    /// The text that a marked-content operator gives, in its operands or by the name of a property list.
    fn replacement(
        &self,
        run: &Run<'_>,
        lexer: &Lexer<'_>,
        operands: &[Operand<'_>],
    ) -> Option<Replacement> {
        let text = match operands {
            [.., Operand::Name(_), Operand::Name(name)] => {
                let list = run.resource(self.doc, b"Properties", name)?;
                let list = objects::as_dictionary(list)?;
                objects::value(self.doc, list, b"ActualText")?.as_str().ok()?
            }
            _ => operands.windows(2).find_map(|pair| match pair {
                [Operand::Name(b"ActualText"), text] => Some(lexer.text(text)),
                _ => None,
            })?,
        };
        Some(Replacement { text: text_string(text), written: false })
    }

    fn end_marked(&mut self) {
        if let Some(Some(_)) = self.marked.pop() {
            self.replacing -= 1;
        }
    }
}

impl<'c> Run<'c> {
    /// A named resource of a category.
    fn resource<'d>(&self, doc: &'d Document, category: &[u8], name: &[u8]) -> Option<&'d Object>
    where
        'c: 'd,
    {
        let category = objects::dictionary(doc, self.resources?, category)?;
        objects::value(doc, category, &plain_name(name))
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.text.leading);
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = self.line.shifted(x, y);
        self.text = self.line;
    }

    /// Operators that only set something.
    fn set(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
        match operator {
            b"q" => {
                if self.saved.len() < MOST_SAVED {
                    self.saved.push(self.state.clone());
                } else {
                    self.unsaved += 1;
                }
            }
            b"Q" => {
                if self.unsaved > 0 {
                    self.unsaved -= 1;
                } else if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"BT" => {
                self.line = Matrix::IDENTITY;
                self.text = Matrix::IDENTITY;
            }
            b"T*" => self.next_line(),
            b"cm" => {
                if let Some(matrix) = numbers(operands) {
                    self.state.to_page = Matrix::new(matrix).then(self.state.to_page);
                }
            }
            b"Tm" => {
                if let Some(matrix) = numbers(operands) {
                    self.line = Matrix::new(matrix);
                    self.text = self.line;
                }
            }
            b"Td" => {
                if let Some([x, y]) = numbers(operands) {
                    self.move_line(x, y);
                }
            }
            b"TD" => {
                if let Some([x, y]) = numbers(operands) {
                    self.state.text.leading = -y;
                    self.move_line(x, y);
                }
            }
            _ => self.set_text_state(operator, operands),
        }
    }

    fn set_text_state(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
        let Some([number]) = numbers(operands) else { return };
        let text = &mut self.state.text;
        match operator {
            b"Tc" => text.character_spacing = number,
            b"Tw" => text.word_spacing = number,
            b"Tz" => text.stretch = number / 100.0,
            b"TL" => text.leading = number,
            b"Ts" => text.rise = number,
            // Tr 3 hides the text of scans behind their image: it is the text.
            _ => {}
        }
    }
}

/// The last `N` operands, where they are numbers.
fn numbers<const N: usize>(operands: &[Operand<'_>]) -> Option<[f32; N]> {
    let mut numbers = [0.0; N];
    let last = operands.get(operands.len().checked_sub(N)?..)?;
    for (number, operand) in numbers.iter_mut().zip(last) {
        let Operand::Number(value) = operand else { return None };
        *number = *value;
    }
    Some(numbers)
}

/// From default user space to the page as it is displayed, its lower left corner at the origin; and its size.
fn displayed(page: &Page<'_>) -> (Matrix, (f32, f32)) {
    let [left, bottom, right, top] = page.visible;
    let (width, height) = (right - left, top - bottom);
    match page.turns {
        1 => (Matrix::new([0.0, -1.0, 1.0, 0.0, -bottom, right]), (height, width)),
        2 => (Matrix::new([-1.0, 0.0, 0.0, -1.0, right, top]), (width, height)),
        3 => (Matrix::new([0.0, 1.0, -1.0, 0.0, top, -left]), (height, width)),
        _ => (Matrix::new([1.0, 0.0, 0.0, 1.0, -left, -bottom]), (width, height)),
    }
}

/// A text string of the file (UTF-16, UTF-8 or PDFDoc) in its plain form.
fn text_string(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units.collect::<Vec<_>>()).flatten().collect()
    };
    let text: String = match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => super::font::pdf_doc_text(bytes),
    };
    let mut plain = String::new();
    text.chars().for_each(|character| push_clean(character, &mut plain));
    plain
}
