//! A web page saved in one file (MHTML): the page's own bytes out of the message they are wrapped in.
//!
//! In: the bytes of a MIME message (RFC 2557). Out: the root page, decoded from its transfer encoding, with its address and
//! the character set that its header names. Pictures, styles and frames stay where they are.

use super::transfer::{Transfer, line};

/// How deep multiparts nest that are looked into.
const DEEPEST: usize = 4;

/// Parts of one message that are looked at.
const MOST_PARTS: usize = 2_000;

/// Lines of one header that are kept; browsers write a dozen.
const MOST_HEADERS: usize = 200;

/// Bytes of one header's value that are kept.
const LONGEST_VALUE: usize = 8_000;

/// A page out of its message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page<'a> {
    /// Its bytes as they stand in the message.
    pub(super) body: &'a [u8],
    /// How they are to be decoded.
    pub(super) transfer: Transfer,
    /// Where it was saved from.
    pub(super) address: Option<String>,
    /// The character set that its part names.
    pub(super) charset: Option<String>,
}

/// Whether a file's first bytes, in lower case, are those of a saved page in one file.
pub(in crate::extract) fn is_mhtml(head: &[u8]) -> bool {
    let Ok(head) = std::str::from_utf8(head)
        .or_else(|error| std::str::from_utf8(&head[..error.valid_up_to()]))
    else {
        return false;
    };
    let first = head.lines().map(str::trim_start).find(|line| !line.is_empty()).unwrap_or_default();
    let is_header = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    is_header
        && head.contains("mime-version:")
        && head.contains("content-type:")
        && head.contains("multipart/")
}

/// The root page of a message; `None` if the bytes are no message or hold no page.
pub(super) fn page(bytes: &[u8]) -> Option<Page<'_>> {
    let head: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    if !is_mhtml(&head) {
        return None;
    }
    let message = Part::of(bytes);
    let start = parameter(&message.header("content-type")?, "start");
    let mut pages = Vec::new();
    let mut open = vec![(message, DEEPEST)];
    let mut seen = 0;
    while let Some((part, depth)) = open.pop() {
        seen += 1;
        if seen > MOST_PARTS {
            break;
        }
        let kind = part.header("content-type").unwrap_or_default();
        let boundary = parameter(&kind, "boundary");
        match boundary.filter(|_| kind.to_ascii_lowercase().starts_with("multipart/")) {
            Some(boundary) if depth > 0 => {
                let parts = part.parts(&boundary);
                open.extend(parts.into_iter().rev().map(|part| (part, depth - 1)));
            }
            Some(_) => {}
            None if is_page(&kind) => pages.push(part),
            None => {}
        }
    }
    let is_start = |part: &Part<'_>| start.is_some() && part.header("content-id") == start;
    let place = pages.iter().position(is_start).unwrap_or(0);
    let root = pages.get(place)?;
    let kind = root.header("content-type").unwrap_or_default();
    Some(Page {
        body: root.body,
        transfer: Transfer::named(&root.header("content-transfer-encoding").unwrap_or_default()),
        address: root.header("content-location").filter(|address| address.starts_with("http")),
        charset: parameter(&kind, "charset"),
    })
}

fn is_page(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("text/html") || kind.starts_with("application/xhtml")
}

/// A header and what follows it.
struct Part<'a> {
    /// Names in lower case, values on one line.
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// Parts a message, or a part of one, at its first empty line.
    fn of(bytes: &'a [u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (line, after) = line(rest);
            rest = after;
            if line.is_empty() {
                // A message may begin with empty lines.
                if headers.is_empty() {
                    continue;
                }
                break;
            }
            let text = String::from_utf8_lossy(&line[..line.len().min(LONGEST_VALUE)]);
            if let Some((_, value)) = headers.last_mut().filter(|_| text.starts_with([' ', '\t'])) {
                if value.len() < LONGEST_VALUE {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if headers.len() < MOST_HEADERS {
                let (name, value) = text.split_once(':').unwrap_or((&text, ""));
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self { headers, body: rest }
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
    }

    /// The parts between the lines of a boundary.
    fn parts(&self, boundary: &str) -> Vec<Part<'a>> {
        let mark = format!("--{boundary}");
        let mut parts = Vec::new();
        let mut start = None;
        let mut rest = self.body;
        while !rest.is_empty() && parts.len() < MOST_PARTS {
            let at = self.body.len() - rest.len();
            let (line, after) = line(rest);
            rest = after;
            if line.starts_with(mark.as_bytes()) {
                if let Some(start) = start {
                    parts.push(Part::of(&self.body[start..at]));
                }
                let ends = line[mark.len()..].starts_with(b"--");
                start = (!ends).then_some(self.body.len() - rest.len());
            }
        }
        // A file that was cut off has no last boundary.
        parts.extend(start.map(|start| Part::of(&self.body[start..])));
        parts
    }
}

/// A parameter of a header's value: `boundary="----x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (own, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"').trim();
        (own.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A message of two parts, a style and the page, as browsers write it.
    fn message(encoding: &str, charset: &str, body: &str) -> String {
        format!(
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: A page\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x\"\r\n\r\n\
             ----x\r\nContent-Type: text/css\r\n\r\np {{}}\r\n\
             ----x\r\nContent-Type: text/html{charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\
             Content-Location: https://example.org/a\r\n\r\n{body}\r\n----x--\r\n"
        )
    }

    #[track_caller]
    fn check(message: &str, expected: &[u8]) {
        let page = page(message.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8_lossy(page.transfer.decoded(page.body).trim_ascii()),
            String::from_utf8_lossy(expected)
        );
        assert_eq!(page.address.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn the_page_is_taken_out_of_its_message() {
        check(
            &message("quoted-printable", "", "<p>ni=C3=B1=\r\na =3D x"),
            "<p>niña = x".as_bytes(),
        );
        check(&message("base64", "", "PHA+bmnD\r\nsWE="), "<p>niña".as_bytes());
        check(&message("8bit", "", "<p>niña"), "<p>niña".as_bytes());
        check(&message("quoted-printable", "", "<p>a=zz=4=\r\n"), b"<p>a=zz=4");
    }

    #[test]
    fn the_part_names_the_character_set() {
        let message = message("quoted-printable", "; charset=\"windows-1252\"", "<p>ni=F1a");
        let page = page(message.as_bytes()).unwrap();
        assert_eq!(
            (page.charset.as_deref(), page.transfer.decoded(page.body).trim_ascii()),
            (Some("windows-1252"), &b"<p>ni\xF1a"[..])
        );
    }

    #[test]
    fn a_message_that_is_cut_off_is_read_to_its_end() {
        let whole = message("8bit", "", "<p>one<p>two");
        let cut = &whole[..whole.find("<p>two").unwrap()];
        check(cut, b"<p>one");
    }

    #[test]
    fn headers_without_end_are_not_kept() {
        let endless = format!("{}{}", "a: b\n".repeat(100_000), " folded\n".repeat(100_000));
        let part = Part::of(endless.as_bytes());
        assert_eq!(part.headers.len(), MOST_HEADERS);
        assert!(part.headers.iter().all(|(_, value)| value.len() < 2 * LONGEST_VALUE));
    }

    #[test]
    fn what_is_no_message_has_no_page() {
        for text in
            ["", "<html><p>MIME-Version: 1.0 Content-Type: multipart/x", "Subject: hello\n\ntext"]
        {
            assert_eq!(page(text.as_bytes()), None, "{text}");
        }
        let nested =
            "a: b\nmime-version: 1\ncontent-type: multipart/x; boundary=b\n\n--b\n".repeat(5_000);
        assert_eq!(page(nested.as_bytes()), None);
    }
}
