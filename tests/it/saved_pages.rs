//! Web pages as browsers save them: in one file, or with a folder beside them.

use serde_json::json;

use crate::place::Place;

const TEXT: &str = "<p>The police of Honduras did not investigate the killings of the defenders, the witnesses said.";

fn page(title: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><h1>Killings of defenders</h1>{TEXT}</body></html>"
    )
}

#[test]
fn a_page_saved_in_one_file_is_read() {
    let place = Place::new();
    let message = format!(
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://www.amnesty.org/en/x\r\n\r\n<h1>Detenci=C3=B3n</h1>{TEXT}\r\n--b--\r\n"
    );
    place.write("page.mht", message);
    place.ingest(&[]).ok();
    let document = &place.search(&["killings"])[0];
    assert_eq!(
        (&document["title"], &document["publisher"]),
        (&json!("Detención"), &json!("Amnesty International"))
    );
}

#[test]
fn the_folder_of_a_page_that_was_saved_complete_is_passed_over() {
    let place = Place::new();
    place.write("report.html", page(""));
    place.write("report_files/frame.html", page("an advertisement"));
    place.write("other_files/kept.html", page("of no page"));
    place.ingest(&[]).ok();
    let mut found = place.found(&["killings"]);
    found.sort();
    assert_eq!(found, ["kept.html", "report.html"]);
}
