//! The dates on which a page may have been published, the likeliest first, each with what says so.
//!
//! In: what its tree declares, its blocks, title and address. Out: [`Dated`] values. Whatever is declared to be the date of
//! publication goes before what is printed, and that before the date of the last change.

use super::blocks::Block;
use super::metadata::Declared;
use super::printed_date::OnPage;
use crate::document::{Dated, Evidence};
use crate::extract::dates::{self, Order};

/// Names of `meta` elements (`name`, `property` or `itemprop`) that hold a date of publication, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "rnews:datepublished",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.date.published",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "published_date",
    "publication_date",
    "publication-date",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "date_published",
    "bt:pubdate",
    "date",
    "fecha",
    "release_date",
    "datecreated",
    "created",
    "creation_date",
];

/// Names of `meta` elements that hold the date of the last change: better than nothing.
const CHANGED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
];

/// Dates of a page that are kept.
const MOST: usize = 4;

impl Declared {
    /// The dates of a page with these blocks.
    pub(super) fn published(
        &self,
        blocks: &[Block],
        title: Option<&str>,
        url: Option<&str>,
    ) -> Vec<Dated> {
        let order = self.language_tag().and_then(Order::of);
        let stamp = |text: &str, place: &str| {
            let date = dates::stamp(text, order)?;
            Some(Dated { date, evidence: Evidence::new(text, place) })
        };
        let meta = |name: &&str| stamp(self.named(&[name])?, &format!("meta {name}"));
        let item = self.item.published.as_deref().and_then(|text| stamp(text, "JSON-LD"));
        let marked = self.marked_dates.iter().filter_map(|text| stamp(text, "element of the date"));
        let address = url.and_then(|url| {
            Some(Dated { date: dates::in_address(url)?, evidence: Evidence::new(url, "address") })
        });
        let mut found: Vec<Dated> = item
            .into_iter()
            .chain(PUBLISHED.iter().filter_map(meta))
            .chain(marked)
            .chain(address)
            .collect();
        let page = OnPage { blocks, title, order };
        // Stamps are in universal time or in none; the day that is printed is the one that is cited.
        let near_title = page.near_title();
        let cited = near_title.filter(|printed| {
            found.first().is_some_and(|declared| dates::are_neighbours(printed.date, declared.date))
        });
        if let Some(cited) = cited {
            found.insert(0, cited);
        }
        found.extend(self.times.iter().filter_map(|text| stamp(text, "element time")));
        found.extend(page.date());
        found.extend(CHANGED.iter().filter_map(meta));
        let mut dates: Vec<Dated> = Vec::new();
        for dated in found {
            if dates.len() < MOST && dates.iter().all(|known| known.date != dated.date) {
                dates.push(dated);
            }
        }
        dates
    }
}
