//! What servers answer in XML: listings and errors.
//!
//! Source: Amazon S3 API reference, `ListObjectsV2` and "Error responses".

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

/// Deeper elements than this hold nothing that is asked for.
const DEEPEST: usize = 4;

/// The longest text of an element that is taken: keys have at most 1,024 bytes, tokens a few thousand.
const LONGEST_TEXT: usize = 16 << 10;

/// One page of a listing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The keys.
    pub(super) keys: Vec<String>,
    /// What keys below a further slash begin with, that slash included.
    pub(super) prefixes: Vec<String>,
    /// Where the next page begins; none at the end.
    pub(super) next: Option<String>,
}

impl Page {
    /// Reads a page; none where the text is no listing.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (mut page, mut is_truncated, mut token) = (Self::default(), false, None);
        let is_whole = elements(text, "ListBucketResult", &mut |path, text| match path {
            ["Contents", "Key"] => page.keys.push(text),
            ["CommonPrefixes", "Prefix"] => page.prefixes.push(text),
            ["IsTruncated"] => is_truncated = text == "true",
            ["NextContinuationToken"] => token = Some(text),
            _ => {}
        });
        page.next = token.filter(|_| is_truncated);
        // A page that is said not to be the last one and names no next one must not pass for the end.
        (is_whole && is_truncated == page.next.is_some()).then_some(page)
    }
}

/// The code of an error; none where the text is no error of S3.
pub(super) fn error_code(text: &str) -> Option<String> {
    let mut code = None;
    elements(text, "Error", &mut |path, text| {
        if path == ["Code"] {
            code = Some(plain_code(&text));
        }
    });
    code.filter(|code| !code.is_empty())
}

/// A code as far as it is letters and digits: it is shown to people.
fn plain_code(text: &str) -> String {
    let plain = text.chars().filter(char::is_ascii_alphanumeric);
    plain.take(64).collect()
}

/// Gives the text of every element below the outermost one to `visit`, with its path; says whether the text is one whole element
/// of that name.
fn elements(text: &str, root: &str, visit: &mut dyn FnMut(&[&str], String)) -> bool {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut content = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if open.len() < DEEPEST => {
                open.push(start.local_name().as_ref().to_owned());
                content.clear();
            }
            Ok(Event::Text(text)) => append(&mut content, &text),
            Ok(Event::CData(text)) => append(&mut content, &text),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(character)) => append(&mut content, character.encode_utf8(&mut [0; 4])),
                _ => append(&mut content, resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Ok(Event::End(_)) => {
                let path: Vec<&str> = open.iter().map(String::as_str).collect();
                match path.as_slice() {
                    [outermost] => return *outermost == root,
                    [outermost, path @ ..] if *outermost == root => visit(path, std::mem::take(&mut content)),
                    _ => {}
                }
                open.pop();
            }
            Ok(Event::Start(_) | Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn append(content: &mut String, text: &str) {
    if content.len().saturating_add(text.len()) <= LONGEST_TEXT {
        content.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = r#"<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>b</Name><Prefix>p/</Prefix><IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>
        <Contents><Key>p/x&lt;y</Key><Size>3</Size><Owner><ID>1</ID></Owner></Contents>
        <Contents><Key>p/z</Key></Contents><CommonPrefixes><Prefix>p/q/</Prefix></CommonPrefixes></ListBucketResult>"#;

    #[test]
    fn a_page_gives_its_keys_prefixes_and_the_next_one() {
        let page = Page::read(PAGE).unwrap();
        assert_eq!(page.keys, ["p/x<y", "p/z"]);
        assert_eq!(page.prefixes, ["p/q/"]);
        assert_eq!(page.next.as_deref(), Some("a&b"));
    }

    #[test]
    fn a_page_that_is_cut_or_hides_its_next_one_is_none() {
        for end in 0..PAGE.len() {
            assert_eq!(PAGE.get(..end).and_then(Page::read), None, "cut after {end}");
        }
        assert_eq!(Page::read(&PAGE.replace("NextContinuationToken", "Other")), None);
        assert_eq!(Page::read("<html></html>"), None);
    }

    #[test]
    fn errors_give_their_code_without_what_could_harm() {
        let text = "<Error><Code>Access&#27;[31mDenied</Code><Message>no</Message></Error>";
        assert_eq!(error_code(text).as_deref(), Some("Access31mDenied"));
        assert_eq!(error_code("<html>403</html>"), None);
    }

    proptest! {
        #[test]
        fn hostile_answers_never_panic(text in "[<>/&;a-zA-Z \\[\\]!-]{0,200}") {
            let _ = (Page::read(&text), error_code(&text));
        }
    }
}
