//! The state of a content stream: matrices, text state, what `q` saved; and the operators that only set it.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object};

use super::font::Font;
use super::lexer::{Operand, plain_name};
use super::matrix::Matrix;
use super::objects;

/// More saved graphics states than this are not kept: real pages nest a few dozen.
const MOST_SAVED: usize = 4096;

/// The text state of a content stream.
#[derive(Clone)]
pub(super) struct TextState {
    pub font: Option<Rc<Font>>,
    pub size: f32,
    pub character_spacing: f32,
    pub word_spacing: f32,
    /// Horizontal scaling; 1 is normal.
    pub stretch: f32,
    pub leading: f32,
    pub rise: f32,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// The graphics state that `q` saves.
#[derive(Clone)]
pub(super) struct State {
    /// From user space to the page.
    pub to_page: Matrix,
    /// How text is set.
    pub text: TextState,
}

/// One content stream being run.
pub(super) struct Run<'a> {
    /// Its resources.
    pub resources: Option<&'a Dictionary>,
    /// The state it is in.
    pub state: State,
    saved: Vec<State>,
    /// Saved states that were too many to keep.
    unsaved: usize,
    line: Matrix,
    /// From text space to user space.
    pub text: Matrix,
    /// Marked content that was open before: not this stream's to end.
    pub marked: usize,
    /// Fonts by the name they have here.
    pub named: Vec<(&'a [u8], Rc<Font>)>,
}

impl<'c> Run<'c> {
    /// The start of a content stream, where `marked` pieces of marked content are open.
    pub fn new(resources: Option<&'c Dictionary>, state: State, marked: usize) -> Self {
        Self {
            resources,
            state,
            saved: Vec::new(),
            unsaved: 0,
            line: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            marked,
            named: Vec::new(),
        }
    }

    /// A named resource of a category.
    pub fn resource<'d>(
        &self,
        doc: &'d Document,
        category: &[u8],
        name: &[u8],
    ) -> Option<&'d Object>
    where
        'c: 'd,
    {
        let category = objects::dictionary(doc, self.resources?, category)?;
        objects::value(doc, category, &plain_name(name))
    }

    /// Goes to the start of the next line.
    pub fn next_line(&mut self) {
        self.move_line(0.0, -self.state.text.leading);
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = self.line.shifted(x, y);
        self.text = self.line;
    }

    /// Operators that only set something.
    pub fn set(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
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
