//! Which of a page's titles is its title.
//!
//! In: the titles that a page gives itself. Out: the one to cite, without the site's name. It does not shorten or
//! translate.

use super::phrases::same_words;
use super::words::lists;

/// The titles that a page gives itself.
pub(super) struct Sources<'a> {
    /// JSON-LD's headline.
    pub(super) headline: Option<&'a str>,
    /// The title for sharing, `og:title` and the like.
    pub(super) social: Option<&'a str>,
    /// The `title` element.
    pub(super) title: Option<&'a str>,
    /// Names of the site or publisher.
    pub(super) site: Vec<&'a str>,
    /// The headings of the body, each with whether it is of level 1.
    pub(super) headings: Vec<(bool, &'a str)>,
    /// The first block of the body.
    pub(super) first: Option<&'a str>,
}

/// The longest text that is taken for a title.
const LONGEST: usize = 300;

/// The title to cite.
pub(super) fn choose(sources: &Sources<'_>) -> Option<String> {
    let social = sources.social.filter(|title| is_title(title));
    let title = sources.title.map(without_program).filter(|title| is_title(title));
    let headline = sources
        .headline
        .filter(|title| is_title(title) && !title.ends_with("...") && !title.ends_with('…'));
    let titles: Vec<&str> = [headline, social, title].into_iter().flatten().collect();
    let heading =
        heading_of(&titles, &sources.headings).or_else(|| headline_of(&titles, &sources.headings));
    let chosen = headline
        .or(heading)
        .map(str::to_owned)
        .or_else(|| social.or(title).map(|title| without_site(title, sources)))
        .or_else(|| {
            let level_1 = sources.headings.iter().find(|heading| heading.0);
            level_1.or(sources.headings.first()).map(|heading| heading.1.to_owned())
        })
        .or_else(|| sources.first.map(str::to_owned));
    let chosen = chosen?.split_whitespace().collect::<Vec<_>>().join(" ");
    let chosen: String = chosen.chars().filter(|c| !c.is_control()).collect();
    (!chosen.is_empty() && chosen.chars().count() <= LONGEST).then_some(chosen)
}

/// The heading that says what a title says: the title without the site's name, or in full. The site's own name and a
/// section's heading also stand in titles, so a heading must be most of it, or of level 1 and a part between separators.
fn heading_of<'a>(titles: &[&str], headings: &[(bool, &'a str)]) -> Option<&'a str> {
    let rank = |(level_1, heading): &(bool, &'a str)| {
        let ranks = titles.iter().map(|title| {
            let (heading, title) = (words(heading), words(title));
            let is_in =
                !heading.is_empty() && title.windows(heading.len()).any(|window| window == heading);
            let is_most = heading.len() * 2 >= title.len();
            match (*level_1, is_in, is_most) {
                (true, true, true) => 5 + usize::from(title.starts_with(&heading)),
                (false, true, true) => 4,
                (true, true, false) if title.starts_with(&heading) && heading.len() > 3 => 3,
                (true, false, true) if is_fuller(&heading, &title) => 2,
                _ => 0,
            }
        });
        ranks.max().unwrap_or(0)
    };
    let fitting = headings.iter().filter(|heading| is_title(heading.1) && rank(heading) > 0);
    fitting.rev().max_by_key(|heading| rank(heading)).map(|heading| heading.1)
}

/// The only heading of level 1, if it is as long as headlines are and says something else than the titles: those may be
/// written for sharing, or for the site. Where they say nearly the same, the titles are as good.
fn headline_of<'a>(titles: &[&str], headings: &[(bool, &'a str)]) -> Option<&'a str> {
    let mut level_1 = headings.iter().filter(|heading| heading.0).map(|heading| heading.1);
    let only = level_1.next().filter(|_| level_1.next().is_none());
    only.filter(|heading| {
        let heading = words(heading);
        let common = |title: &str| {
            let title = words(title);
            heading.iter().filter(|word| title.contains(word)).count()
        };
        heading.len() >= HEADLINE && titles.iter().all(|title| common(title) * 2 < heading.len())
    })
}

/// Words of a headline.
const HEADLINE: usize = 7;

/// Whether a text is a title at all.
fn is_title(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let file = [
        ".htm", ".html", ".doc", ".docx", ".pdf", ".indd", ".php", ".asp", ".aspx", ".rtf", ".qxd",
    ];
    let is_file = file.iter().any(|ending| lower.ends_with(ending)) && !lower.contains(' ');
    lower.chars().any(char::is_alphabetic) && !is_file && !lists().placeholders.contains(&lower)
}

/// `Microsoft Word - report.doc` without the program.
fn without_program(title: &str) -> &str {
    let rest = title
        .strip_prefix("Microsoft Word - ")
        .or_else(|| title.strip_prefix("Microsoft PowerPoint - "));
    rest.map_or(title, |rest| {
        rest.trim_end_matches(".doc").trim_end_matches(".docx").trim_end_matches(".ppt")
    })
}

/// Whether a heading says what a title says, in no fewer words.
fn is_fuller(heading: &[String], title: &[String]) -> bool {
    let common = heading.iter().filter(|word| title.contains(word)).count();
    common * 4 >= heading.len() * 3 && heading.len() >= title.len()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A title without the site's name before or after it.
fn without_site(title: &str, sources: &Sources<'_>) -> String {
    const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " • ", " < "];
    let is_site = |part: &str| sources.site.iter().any(|site| same_words(site, part));
    let parts = || {
        SEPARATORS
            .iter()
            .map(|separator| (title.rsplit_once(separator), title.split_once(separator)))
    };
    for (last, first) in parts() {
        if let Some((rest, _)) = last.filter(|(_, part)| is_site(part)) {
            return rest.trim().to_owned();
        }
        if let Some((_, rest)) = first.filter(|(part, _)| is_site(part)) {
            return rest.trim().to_owned();
        }
    }
    for separator in [" | ", " :: ", " » "] {
        // These are hardly ever part of a title; three words before them are one.
        if let Some((rest, _)) = title.rsplit_once(separator)
            && rest.split(' ').count() > 2
        {
            return rest.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(social: &str, title: &str, site: &str, heading: &str, expected: &str) {
        let present = |text: &str| !text.is_empty();
        let sources = Sources {
            headline: None,
            social: Some(social).filter(|text| present(text)),
            title: Some(title).filter(|text| present(text)),
            site: if site.is_empty() { vec![] } else { vec![site] },
            headings: if heading.is_empty() { vec![] } else { vec![(true, heading)] },
            first: Some("The first paragraph"),
        };
        assert_eq!(choose(&sources).as_deref(), Some(expected));
    }

    #[test]
    fn the_sites_name_is_taken_off() {
        check(
            "",
            "Prisons in Honduras - The Daily Shelter",
            "The Daily Shelter",
            "",
            "Prisons in Honduras",
        );
        check(
            "The Daily Shelter | Prisons in Honduras",
            "",
            "The Daily Shelter",
            "",
            "Prisons in Honduras",
        );
        check("", "Prisons in Honduras | Shelter News", "", "", "Prisons in Honduras");
        check("", "World Report 2020 - Honduras", "", "", "World Report 2020 - Honduras");
        check("", "Honduras | Shelter", "", "", "Honduras | Shelter");
    }

    #[test]
    fn a_heading_that_says_the_same_is_the_title() {
        check(
            "Prisons in Honduras - Country reports",
            "",
            "",
            "Prisons in Honduras",
            "Prisons in Honduras",
        );
        check("Prisons in Honduras", "", "", "Subscribe today", "Prisons in Honduras");
    }

    #[test]
    fn placeholders_and_file_names_are_not_titles() {
        check("", "Untitled Document", "", "Prisons in Honduras", "Prisons in Honduras");
        check("", "ENG2.indd", "", "Prisons in Honduras", "Prisons in Honduras");
        check("", "Microsoft Word - Country report.doc", "", "", "Country report");
        check("", "index.html", "", "", "The first paragraph");
    }
}
