//! The pieces of words that the model knows, as a trie over their bytes.
//!
//! Nodes stand in order of depth, so that the children of a node are neighbours and those of the next node follow: a node
//! needs only the place of its first child, its byte and its piece.

/// A trie of pieces.
#[derive(Debug)]
pub struct Pieces {
    /// For each node the place of its first child, and one more at the end.
    first: Vec<u32>,
    /// The byte that leads to each node.
    labels: Vec<u8>,
    /// The number of the piece that ends at each node, from 1; 0 for none.
    values: Vec<u32>,
    /// The root's children by their byte; 0 for none.
    root: Box<[u32; 256]>,
}

impl Pieces {
    /// The trie of pieces, each numbered by its place. Of equal pieces the last counts.
    pub fn build(pieces: &[String]) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = pieces.iter().map(String::as_bytes).zip(1..).collect();
        sorted.sort_unstable();
        // A node is the range of the sorted pieces that begin with its bytes.
        let mut nodes = vec![(0, sorted.len(), 0usize, 0u8)];
        let (mut first, mut labels, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while at < nodes.len() {
            let (mut start, end, depth, label) = nodes[at];
            first.push(nodes.len() as u32);
            labels.push(label);
            let mut value = 0;
            while start < end && sorted[start].0.len() == depth {
                value = sorted[start].1;
                start += 1;
            }
            values.push(value);
            while start < end {
                let label = sorted[start].0[depth];
                let same = sorted[start..end].partition_point(|(piece, _)| piece[depth] == label);
                nodes.push((start, start + same, depth + 1, label));
                start += same;
            }
            at += 1;
        }
        first.push(nodes.len() as u32);
        Self::of(first, labels, values)
    }

    fn of(first: Vec<u32>, labels: Vec<u8>, values: Vec<u32>) -> Self {
        let mut root = Box::new([0; 256]);
        for child in first[0]..first[1] {
            root[usize::from(labels[child as usize])] = child;
        }
        Self { first, labels, values, root }
    }

    /// The trie as it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = [&[self.labels.len() as u32][..], &self.first, &self.values];
        let numbers = numbers.into_iter().flatten().flat_map(|number| number.to_le_bytes());
        numbers.chain(self.labels.iter().copied()).collect()
    }

    /// Reads a stored trie; `None` when it is not one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_at_checked(4)?;
        let count = u32::from_le_bytes(count.try_into().ok()?) as usize;
        let (first, rest) = rest.split_at_checked((count + 1) * 4)?;
        let (values, labels) = rest.split_at_checked(count * 4)?;
        let numbers = |bytes: &[u8]| -> Vec<u32> {
            bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
        };
        let first = numbers(first);
        let whole = labels.len() == count && count > 0 && first.is_sorted();
        (whole && first.last().is_some_and(|last| *last as usize == count))
            .then(|| Self::of(first, labels.to_vec(), numbers(values)))
    }

    /// Every piece that a text begins with, the shortest first: its number and its length in bytes.
    pub fn prefixes<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (u32, usize)> + 'a {
        let mut node = text.first().map_or(0, |byte| self.root[usize::from(*byte)]);
        let mut length = 0;
        std::iter::from_fn(move || {
            while node != 0 {
                length += 1;
                let value = self.values[node as usize];
                node = text.get(length).map_or(0, |byte| self.child(node, *byte));
                if value != 0 {
                    return Some((value - 1, length));
                }
            }
            None
        })
    }

    /// The child of a node by its byte; 0, which is nobody's child, for none.
    fn child(&self, node: u32, byte: u8) -> u32 {
        let (start, end) = (self.first[node as usize], self.first[node as usize + 1]);
        let labels = &self.labels[start as usize..end as usize];
        let place = if labels.len() <= 8 {
            labels.iter().position(|label| *label == byte)
        } else {
            labels.binary_search(&byte).ok()
        };
        place.map_or(0, |place| start + place as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pieces: &[&str], text: &str, expected: &[(u32, usize)]) {
        let pieces: Vec<String> = pieces.iter().map(ToString::to_string).collect();
        let built = Pieces::build(&pieces);
        let read = Pieces::from_bytes(&built.to_bytes()).unwrap();
        for trie in [built, read] {
            assert_eq!(trie.prefixes(text.as_bytes()).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn finds_every_piece_that_a_text_begins_with() {
        let pieces = ["a", "asilo", "as", "é", "ab", "b"];
        check(&pieces, "asilos", &[(0, 1), (2, 2), (1, 5)]);
        check(&pieces, "école", &[(3, 2)]);
        check(&pieces, "casa", &[]);
        check(&pieces, "", &[]);
    }

    #[test]
    fn a_trie_that_is_cut_off_is_none() {
        let bytes = Pieces::build(&["asilo".to_owned()]).to_bytes();
        assert!((0..bytes.len()).all(|end| Pieces::from_bytes(&bytes[..end]).is_none()));
    }
}
