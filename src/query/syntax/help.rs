//! The operators as a user reads them.

/// Every operator with an example, for `help syntax`.
pub const SYNTAX_HELP: &str = r#"Text to search for

Type or paste words. Passages that hold all of them come first, then those
that hold fewer. Accents, capitals and inflections do not matter, and words
are found in English, Spanish and French alike.

  "forced disappearance"     the phrase as written (also “…”, „…“ and «…»)
  "police torture"~5         these words with at most 5 others between them,
                             in any order
  "extrajudicial kill*"      *, ? and ~ (see below) also stand inside a phrase

A phrase must be there; words beside it are looked for as without it. Where
no passage has the phrase, its words are looked for, and the answer says so.

As soon as one of these is used, everything that is asked for is wanted:

  torture AND police         both
  torture OR rape            one of them, or both
  torture NOT police         the first without the second
  torture -police            the same; the hyphen stands right before the word
  (torture OR rape) police   groups; OR joins its neighbours first, so that
                             police torture OR rape means the same
  tortur*                    any ending, as written: torture, torturing
  wom?n                      one letter, inside a word: woman, women
  desaparicion~1             one letter may be wrong, missing, added or
                             swapped with its neighbour; ~2 for two letters

  title:torture              a word of the document's title;
  title:"annual report"      or a phrase, and so on as above
  publisher:amnesty          a word of its publisher, likewise
  country:hn                 about this country: a code or a name,
  country:"el salvador"      in quotes if it has a space
  violation:torture          about this violation: an id or a label
  lang:es                    in this language: en, es, fr or other
  year:2019..2023            published in these years; also year:2019,
                             year:2019.. and year:..2023
  symbol:A/HRC/19/19         cited under this symbol or number, and what is
  symbol:"Serie C No. 4"     added to it
  -country:mx                any field can be excluded, or joined by OR:
                             country:hn OR country:gt

AND, OR and NOT are in capitals; and, or and not are words. Field names are
in lower case, right before their value. A question mark that ends a word, a
quotation mark without a partner, brackets, slashes and colons are text.
Parentheses group only beside AND, OR, NOT or after a hyphen, as in -(a b).

*, ? and ~ look for words as written, not for their inflections, and for every
such word of the library. Inside a phrase that is 65,536 words at most: one
that stands for more is refused, never cut.
"#;
