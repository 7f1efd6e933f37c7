//! What a PDF says of itself: title, author, publisher, date, language.
//!
//! In: the values that stand in its information dictionary, its XMP packet and its catalog; out: [`Metadata`]. Says nothing
//! that the page itself says; whoever reads the first page may know better, and should where a title is missing or for the
//! date: a PDF tells when its file was made, not when the text was published.

use amparo_pdf::{Info, Property};

use super::title::{real_name, real_title};
use crate::document::{Date, Dated, Evidence, Language, Metadata};

/// Years in which a file can have been made: before PDF there was none.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// A document's metadata; a title is only given if [`real_title`] takes it for one.
///
/// `published` is what the file says of its publication or, failing that, the month in which it was made: a fallback for
/// a document on which no date is printed.
pub(super) fn metadata(info: &Info) -> Metadata {
    let packet = &info.properties;
    let first = |name: &str| {
        let mut values = packet.iter().filter(|property| property.name == name);
        values.next().map(|property| property.value.clone())
    };
    let declared = info.language.clone().or_else(|| first("dc:language"));
    let mut titles = info.title.clone().into_iter().chain(in_language(packet, declared.as_deref()));
    let mut authors = info.author.clone().into_iter().chain(first("dc:creator"));
    let mut publishers = first("dc:publisher").into_iter().chain(info.company.clone());
    let mut metadata = Metadata {
        title: titles.find_map(|title| real_title(&title)),
        author: authors.find_map(|name| real_name(&name)),
        publisher: publishers.find_map(|name| real_name(&name)),
        language: declared.as_deref().and_then(Language::parse),
        url: ["prism:url", "dc:identifier", "dc:source", "xmp:BaseURL"]
            .into_iter()
            .filter_map(first)
            .find(|url| is_url(url)),
        ..Metadata::default()
    };
    metadata.set_dates(published(packet, info.created.as_deref()).into_iter().collect());
    metadata
}

/// The titles in the order in which they should be tried: the document's language, the default, the others.
fn in_language(packet: &[Property], declared: Option<&str>) -> Vec<String> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let declared = declared.map(primary);
    let mut titles: Vec<&Property> = packet.iter().filter(|it| it.name == "dc:title").collect();
    titles.sort_by_key(|title| match title.language.as_deref() {
        Some(tag) if Some(primary(tag)) == declared => 0,
        Some("x-default") | None => 1,
        Some(_) => 2,
    });
    titles.into_iter().map(|title| title.value.clone()).collect()
}

/// When the file says that it was published, or the month in which it was made.
fn published(packet: &[Property], created: Option<&str>) -> Option<Dated> {
    let stated = |name: &str| {
        let values = packet.iter().filter(|property| property.name == name);
        values.map(|property| property.value.as_str()).find_map(|value| {
            Some(Dated { date: iso_date(value)?, evidence: Evidence::new(value, name) })
        })
    };
    ["prism:publicationDate", "prism:coverDate", "dc:date"].into_iter().find_map(stated).or_else(
        || {
            let made = || {
                let evidence = Evidence::new(created?, "CreationDate");
                Some(Dated { date: pdf_date(created?)?, evidence })
            };
            let made = made().or_else(|| stated("xmp:CreateDate"))?;
            let date = Date::new(made.date.year(), made.date.month(), None)?;
            Some(Dated { date, ..made })
        },
    )
}

/// A date as PDF writes it, `D:YYYYMMDDHHmmSSOHH'mm'`; all but the year may be missing, and often `D:` is.
fn pdf_date(text: &str) -> Option<Date> {
    let digits: String =
        text.trim().trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    if digits.len() <= 4 {
        return iso_date(text.trim().trim_start_matches("D:"));
    }
    let part = |from: usize| digits.get(from..from + 2).and_then(|part| part.parse::<u8>().ok());
    sensible(digits[..4].parse().ok()?, part(4), part(6))
}

/// A date as XMP writes it: ISO 8601, to whatever precision.
fn iso_date(text: &str) -> Option<Date> {
    let day = text.trim().split(['T', ' ']).next()?;
    let mut parts = day.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || parts.next().and_then(|part| part.parse().ok());
    let month = part();
    sensible(year, month, part())
}

/// The date, as far as it is one, if a file can have been made then.
fn sensible(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    let date = Date::new(year, month, day).or_else(|| Date::new(year, None, None))?;
    YEARS.contains(&date.year()).then_some(date)
}

fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_date(text: &str, expected: &str) {
        assert_eq!(
            pdf_date(text).map_or("none".to_owned(), |date| date.to_string()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        check_date("D:20111208103000+01'00'", "2011-12-08");
        check_date("20111208", "2011-12-08");
        check_date("D:2011", "2011");
        check_date("D:201113", "2011");
        check_date("D:20110231", "2011");
        check_date("2011-12-08T10:30:00Z", "2011-12-08");
        check_date("D:19040101000000", "none");
        check_date("D:191041226", "none");
        check_date("yesterday", "none");
    }

    /// What a file says of itself: properties as (name, language, value).
    fn info(created: &str, properties: &[(&str, &str, &str)]) -> Info {
        let mut info = Info::default();
        info.language = Some("es-HN".to_owned());
        info.created = Some(created.to_owned());
        for (name, language, value) in properties {
            let mut property = Property::default();
            property.name = (*name).to_owned();
            property.language = (!language.is_empty()).then(|| (*language).to_owned());
            property.value = (*value).to_owned();
            info.properties.push(property);
        }
        info
    }

    #[test]
    fn the_packet_fills_what_the_dictionary_lacks() {
        let mut info = info(
            "D:20150302101500",
            &[
                ("dc:title", "x-default", "The report"),
                ("dc:title", "es", "El informe"),
                ("dc:creator", "", "Ana Paz"),
                ("dc:publisher", "", "Casa Amparo"),
                ("dc:identifier", "", "https://example.org/r"),
            ],
        );
        info.title = Some("untitled".to_owned());
        info.author = Some("user".to_owned());
        let expected = Metadata {
            title: Some("El informe".to_owned()),
            author: Some("Ana Paz".to_owned()),
            publisher: Some("Casa Amparo".to_owned()),
            published: Date::new(2015, Some(3), None),
            dates: vec![Dated {
                date: Date::new(2015, Some(3), None).unwrap(),
                evidence: Evidence::new("D:20150302101500", "CreationDate"),
            }],
            language: Some(Language::Es),
            url: Some("https://example.org/r".to_owned()),
            ..Metadata::default()
        };
        assert_eq!(metadata(&info), expected);
    }

    #[test]
    fn a_stated_date_of_publication_is_exact() {
        let found = metadata(&info("D:20150302101500", &[("dc:date", "", "2014-12-24")]));
        assert_eq!(found.published, Date::new(2014, Some(12), Some(24)));
    }

    #[test]
    fn nothing_known_is_nothing_said() {
        assert_eq!(metadata(&Info::default()), Metadata::default());
    }
}
