//! Appearances of annotations: the streams that draw them over a page, and where.
//!
//! In: an annotation; out: the stream that draws it in its present state and the matrix that puts it into its rectangle
//! (ISO 32000-1, 12.5.5). Does not read the stream, and does not decide which annotations are shown.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A form (`XObject`) drawn over a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Appearance {
    /// The form's stream.
    pub(super) stream: ObjectId,
    /// The matrix to concatenate before the form is painted as `Do` would: the form's own `/Matrix` is not in it.
    pub(super) placement: [f32; 6],
}

/// The stream that draws an annotation of some kind in a state; `None` for icons and where there is none.
pub(super) fn appearance(
    document: &Document,
    annotation: &Dictionary,
    kind: &[u8],
    state: Option<&[u8]>,
) -> Option<Appearance> {
    const ICONS: [&[u8]; 7] =
        [b"Text", b"FileAttachment", b"Sound", b"Movie", b"Screen", b"Popup", b"Link"];
    if ICONS.contains(&kind) {
        return None;
    }
    let drawings = annotation.get_deref(b"AP", document).and_then(Object::as_dict).ok()?;
    let normal = drawings.get(b"N").ok()?;
    let normal = match document.dereference(normal).ok()?.1 {
        Object::Dictionary(states) => states.get(state?).ok()?,
        _ => normal,
    };
    // A stream is always an object of its own.
    let (id, stream) = document.dereference(normal).ok()?;
    let (id, stream) = (id?, stream.as_stream().ok()?);
    if stream.content.is_empty() {
        return None;
    }
    let rectangle = numbers(document, annotation, b"Rect")?;
    let bounds = numbers(document, &stream.dict, b"BBox")?;
    let matrix = numbers(document, &stream.dict, b"Matrix");
    let matrix = matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    Some(Appearance { stream: id, placement: placement(rectangle, bounds, matrix) })
}

/// As many numbers as wanted; `None` if there are fewer, or if one is not a number.
fn numbers<const N: usize>(
    document: &Document,
    dictionary: &Dictionary,
    key: &[u8],
) -> Option<[f32; N]> {
    let items = dictionary.get_deref(key, document).and_then(Object::as_array).ok()?;
    let mut numbers = [0.0; N];
    for (index, number) in numbers.iter_mut().enumerate() {
        *number = document.dereference(items.get(index)?).ok()?.1.as_float().ok()?;
    }
    Some(numbers)
}

/// The matrix that puts a form's bounding box, as its own matrix leaves it, into a rectangle (ISO 32000-1, 12.5.5).
fn placement(rectangle: [f32; 4], bounds: [f32; 4], matrix: [f32; 6]) -> [f32; 6] {
    let [left, bottom, right, top] = bounds;
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)];
    let xs = corners.map(|(x, y)| matrix[0] * x + matrix[2] * y + matrix[4]);
    let ys = corners.map(|(x, y)| matrix[1] * x + matrix[3] * y + matrix[5]);
    let (scale_x, shift_x) = fit(span(&xs), span(&[rectangle[0], rectangle[2]]));
    let (scale_y, shift_y) = fit(span(&ys), span(&[rectangle[1], rectangle[3]]));
    [scale_x, 0.0, 0.0, scale_y, shift_x, shift_y]
}

fn span(values: &[f32]) -> (f32, f32) {
    values.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &value| {
        (low.min(value), high.max(value))
    })
}

/// Scale and shift that take one span to the other; one without width is only moved.
fn fit((low, high): (f32, f32), (to_low, to_high): (f32, f32)) -> (f32, f32) {
    let scale = (to_high - to_low) / (high - low);
    let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
    (scale, to_low - low * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_form_is_fitted_by_its_turned_box() {
        let quarter = [0.0, 1.0, -1.0, 0.0, 0.0, 0.0];
        let turned = placement([0.0, 0.0, 10.0, 20.0], [0.0, 0.0, 20.0, 10.0], quarter);
        assert_eq!(turned.map(|part| part.to_string()).join(" "), "1 0 0 1 10 0");
        let point = placement([5.0, 5.0, 5.0, 5.0], [0.0, 0.0, 0.0, 0.0], quarter);
        assert_eq!(point.map(|part| part.to_string()).join(" "), "1 0 0 1 5 5");
    }
}
