//! Host name patterns: an exact name, every name below a suffix, or a name with a wildcard inside a label.

/// What is wrong with a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing, or a label without characters (`a..b`).
    #[error("a label is empty")]
    EmptyLabel,
    /// The wildcard would swallow a whole registry suffix (`*.com`) or stands in the last two labels (`example.*`).
    #[error("a wildcard must leave at least two literal labels at the end")]
    TooBroad,
    /// Upper case, a trailing dot or a character that no host name has.
    #[error("only lower-case letters, digits, '-', '_', '.' and '*' are allowed")]
    Character,
}

/// A host name pattern of the catalogue.
///
/// * `time.windows.com` matches that name.
/// * `*.update.microsoft.com` matches every name below, at any depth, but not the suffix itself.
/// * `winatp-gw-*.microsoft.com` matches names with the same number of labels; `*` stands for any characters of its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainPattern {
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Exact,
    Below,
    Glob,
}

impl DomainPattern {
    /// Reads a pattern as the data files write it (lower case, no trailing dot).
    ///
    /// # Errors
    /// [`PatternError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        check_characters(text)?;
        let kind = kind_of(text);
        if kind != Kind::Exact && !has_two_literal_labels_at_the_end(text) {
            return Err(PatternError::TooBroad);
        }
        Ok(Self {
            text: text.to_owned(),
            kind,
        })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True when the pattern names one host only.
    pub fn is_exact(&self) -> bool {
        self.kind == Kind::Exact
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The text without the leading `*.`.
    pub(crate) fn suffix(&self) -> &str {
        self.text.strip_prefix("*.").unwrap_or(&self.text)
    }

    /// Whether a name, already brought to the form of [`normalize`], is covered.
    pub(crate) fn matches(&self, name: &str) -> bool {
        match self.kind {
            Kind::Exact => name == self.text,
            Kind::Below => is_below(name, self.suffix()),
            Kind::Glob => labels_match(&self.text, name),
        }
    }

    /// Orders patterns that match the same name: an exact one first, then the one with more literal characters.
    pub(crate) fn specificity(&self) -> (bool, usize) {
        (self.is_exact(), self.text.bytes().filter(|byte| *byte != b'*').count())
    }
}

fn check_characters(text: &str) -> Result<(), PatternError> {
    if text.split('.').any(str::is_empty) {
        return Err(PatternError::EmptyLabel);
    }
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.*".contains(&byte);
    if text.bytes().all(allowed) {
        Ok(())
    } else {
        Err(PatternError::Character)
    }
}

fn kind_of(text: &str) -> Kind {
    match (text.contains('*'), text.strip_prefix("*.")) {
        (false, _) => Kind::Exact,
        (true, Some(suffix)) if !suffix.contains('*') => Kind::Below,
        (true, _) => Kind::Glob,
    }
}

fn has_two_literal_labels_at_the_end(text: &str) -> bool {
    let mut labels = text.rsplit('.');
    let literal = |label: Option<&str>| label.is_some_and(|label| !label.contains('*'));
    literal(labels.next()) && literal(labels.next())
}

/// Whether `name` lies below `suffix`, at a label boundary.
pub(crate) fn is_below(name: &str, suffix: &str) -> bool {
    name.strip_suffix(suffix)
        .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
}

fn labels_match(pattern: &str, name: &str) -> bool {
    let (mut patterns, mut labels) = (pattern.split('.'), name.split('.'));
    loop {
        match (patterns.next(), labels.next()) {
            (None, None) => return true,
            (Some(pattern), Some(label)) if label_matches(pattern, label) => {}
            _ => return false,
        }
    }
}

/// One label against one pattern label with at most a few `*`. Pieces are searched left to right, which is enough for
/// patterns without alternatives.
fn label_matches(pattern: &str, label: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = label.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

/// Brings a host name as seen on the wire into the form the patterns use: ASCII lower case, no trailing dot.
/// Punycode stays as it is. Names with an empty label, or longer than a host name can be (RFC 1035, 255 octets), are none.
pub(crate) fn normalize(name: &str) -> Option<String> {
    const LONGEST_HOST_NAME: usize = 255;
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.len() > LONGEST_HOST_NAME || name.split('.').any(str::is_empty) {
        return None;
    }
    Some(name.to_ascii_lowercase())
}

/// The name itself and every suffix of it that starts at a label boundary, longest first.
pub(crate) fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest))
}
