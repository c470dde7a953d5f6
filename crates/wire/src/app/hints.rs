//! What can be said of bytes that no protocol claims.

/// How unknown bytes look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hints {
    /// Shannon entropy in bits per byte, 0 to 8. Encrypted and compressed bytes come near the most that their number allows.
    pub entropy_bits: f32,
    /// The share of printable ASCII and white space, 0 to 1.
    pub printable_share: f32,
    /// How many bytes were looked at.
    pub bytes: usize,
}

/// Bytes that are looked at; more say nothing new.
const MOST_BYTES: usize = 4096;

impl Hints {
    /// Whether the bytes look encrypted or compressed: as disordered as random bytes of that number are.
    #[must_use]
    pub fn looks_encrypted(&self) -> bool {
        const FEWEST_BYTES: usize = 64;
        const SHARE_OF_MOST: f32 = 0.93;
        let most = (self.bytes as f32).log2().min(8.0);
        self.bytes >= FEWEST_BYTES && self.entropy_bits >= most * SHARE_OF_MOST
    }

    /// Whether the bytes look like text.
    #[must_use]
    pub fn looks_like_text(&self) -> bool {
        const LEAST_SHARE: f32 = 0.95;
        self.bytes > 0 && self.printable_share >= LEAST_SHARE
    }
}

/// Looks at a payload.
#[must_use]
pub fn hints(payload: &[u8]) -> Hints {
    let seen = payload.get(..MOST_BYTES).unwrap_or(payload);
    let mut counts = [0u32; 256];
    for byte in seen {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let total = seen.len().max(1) as f32;
    let shares = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| *count as f32 / total);
    let printable = seen
        .iter()
        .filter(|byte| matches!(byte, b'\t' | b'\r' | b'\n' | 0x20..=0x7e));
    Hints {
        entropy_bits: shares.map(|share| -share * share.log2()).sum(),
        printable_share: printable.count() as f32 / total,
        bytes: seen.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_disorder_are_told_apart() {
        let text = hints(b"nothing but words, and a few more words so that there are enough of them to count");
        assert!(text.looks_like_text() && !text.looks_encrypted());
        let all: Vec<u8> = (0..=255).collect();
        let disorder = hints(&all);
        assert!((disorder.entropy_bits - 8.0).abs() < 0.001);
        assert!(disorder.looks_encrypted() && !disorder.looks_like_text());
        let nothing = hints(&[]);
        assert!(nothing.bytes == 0 && !nothing.looks_encrypted() && !nothing.looks_like_text());
    }
}
