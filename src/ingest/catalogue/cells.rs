//! The names and codes that one cell of a catalogue lists: `El Salvador`, `HN;El Salvador`, `torture fair-trial`.

/// What a cell names. The whole cell may be one name; else semicolons, then commas part it; else, of the words that are left,
/// as many as make a name go together.
///
/// # Errors
/// The first word or part that names nothing.
pub(super) fn list<T: PartialEq>(
    cell: &str,
    named: impl Fn(&str) -> Option<Vec<T>>,
) -> Result<Vec<T>, &str> {
    let mut found = Vec::new();
    let mut take = |named: Vec<T>| {
        for one in named {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    };
    for part in parts(cell, ';', &named) {
        for part in parts(part, ',', &named) {
            match named(part) {
                Some(name) => take(name),
                None => words(part, &named)?.into_iter().for_each(&mut take),
            }
        }
    }
    Ok(found)
}

/// The cell itself where it is a name, as some with a comma are; else its parts.
fn parts<'a, T>(
    cell: &'a str,
    mark: char,
    named: &impl Fn(&str) -> Option<Vec<T>>,
) -> impl Iterator<Item = &'a str> {
    let whole = named(cell).is_some();
    let parts = cell.split(move |c| c == mark && !whole);
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// Names that white space parts, the longest first: `El Salvador HN`.
fn words<'a, T>(
    text: &'a str,
    named: &impl Fn(&str) -> Option<Vec<T>>,
) -> Result<Vec<Vec<T>>, &'a str> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let ends: Vec<usize> = ends(rest).collect();
        let name = ends.iter().rev().find_map(|end| Some((named(&rest[..*end])?, *end)));
        let Some((name, end)) = name else {
            // Of one word there is no more to say; of several, the text as it was written is easier to find.
            return Err(if found.is_empty() { text } else { &rest[..ends[0]] });
        };
        found.push(name);
        rest = rest[end..].trim_start();
    }
    Ok(found)
}

/// More words than the longest name has are not tried together.
const MOST_WORDS: usize = 12;

/// Where each of the first words of a text ends.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let breaks = text
        .char_indices()
        .filter(|(at, c)| c.is_whitespace() && !text[..*at].ends_with(char::is_whitespace));
    let ends = breaks.map(|(at, _)| at).take(MOST_WORDS - 1);
    ends.chain((text.split_whitespace().count() <= MOST_WORDS).then_some(text.len()))
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::taxonomy::{Countries, Violations};

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        let countries = Countries::builtin();
        let found = list(cell, |name| countries.named(name));
        let found = match found {
            Ok(codes) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Err(name) => format!("not '{name}'"),
        };
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn a_cell_lists_names_and_codes() {
        check("El Salvador", "SV");
        check("HN", "HN");
        check("HN;El Salvador", "HN SV");
        check("HN ; El Salvador;", "HN SV");
        check("Guatemala, El Salvador", "GT SV");
        check("HN El Salvador GT", "HN SV GT");
        check("República Dominicana Haití", "DO HT");
        check("Guinea Bissau Guinea", "GW GN");
        check("HN HN", "HN");
        check("Congo, Democratic Republic of the", "CD");
        check("HN Atlantis GT", "not 'Atlantis'");
        check("Atlantis Minor", "not 'Atlantis Minor'");
        check("HN;Atlantis Minor", "not 'Atlantis Minor'");
    }

    #[test]
    fn a_long_list_of_codes_is_read_to_its_end() {
        let violations = Violations::builtin();
        let cell = "torture fair-trial impunity displacement kidnapping death-penalty torture \
                    police-violence defenders gang-violence mass-atrocity armed-conflict indigenous";
        assert_eq!(
            list(cell, |name| Some(violations.find(name)?.to_vec())).map(|found| found.len()),
            Ok(12)
        );
    }
}
