//! A trie of phrases over word numbers: every phrase that begins at a word is found by walking on from there.
//!
//! Numbers in, values out; what a number or a value means is the caller's. Walking costs as many steps as the longest phrase
//! that the text has begun, whatever the number of phrases.

use rustc_hash::FxHashMap;

/// A node; the root is 0.
type Node = u32;

/// Phrases of word numbers, each with a list of values.
#[derive(Debug)]
pub(super) struct Trie<V> {
    /// Where a phrase's first word leads, by the word's number: most words of a text begin no phrase.
    first: Vec<Node>,
    /// Where a later word leads.
    next: FxHashMap<(Node, u32), Node>,
    /// The values of the phrases that end at a node, by node.
    values: Vec<Vec<V>>,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Self { first: Vec::new(), next: FxHashMap::default(), values: vec![Vec::new()] }
    }
}

impl<V> Trie<V> {
    /// Adds a phrase; an empty one is not added.
    pub(super) fn insert(&mut self, phrase: &[u32], value: V) {
        let Some((first, rest)) = phrase.split_first() else { return };
        let at = *first as usize;
        if self.first.len() <= at {
            self.first.resize(at + 1, 0);
        }
        if self.first[at] == 0 {
            self.first[at] = self.values.len() as Node;
            self.values.push(Vec::new());
        }
        let mut node = self.first[at];
        for word in rest {
            let fresh = self.values.len() as Node;
            node = *self.next.entry((node, *word)).or_insert(fresh);
            if node == fresh {
                self.values.push(Vec::new());
            }
        }
        self.values[node as usize].push(value);
    }

    /// Calls `found` with the length in words and the values of every phrase that the words begin with, shortest first.
    #[inline]
    pub(super) fn walk<'v>(
        &'v self,
        mut words: impl Iterator<Item = u32>,
        mut found: impl FnMut(usize, &'v [V]),
    ) {
        let Some(mut node) =
            words.next().and_then(|word| self.first.get(word as usize)).copied().filter(|n| *n > 0)
        else {
            return;
        };
        let mut length = 1;
        loop {
            let values = &self.values[node as usize];
            if !values.is_empty() {
                found(length, values);
            }
            let Some(word) = words.next() else { return };
            let Some(next) = self.next.get(&(node, word)) else { return };
            node = *next;
            length += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trie;

    #[track_caller]
    fn check(text: &[u32], expected: &[(usize, char)]) {
        let mut trie = Trie::default();
        for (phrase, value) in [(&[1, 2][..], 'a'), (&[1, 2, 3, 4], 'b'), (&[2], 'c'), (&[], 'd')] {
            trie.insert(phrase, value);
        }
        let mut found = Vec::new();
        trie.walk(text.iter().copied(), |length, values| {
            found.extend(values.iter().map(|value| (length, *value)));
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn every_phrase_that_begins_here_is_found() {
        check(&[1, 2, 3, 4], &[(2, 'a'), (4, 'b')]);
        check(&[1, 2, 3], &[(2, 'a')]);
        check(&[2, 1, 2], &[(1, 'c')]);
        check(&[3, 9], &[]);
        check(&[], &[]);
    }
}
