//! The protection of Initial packets (RFC 9001 5, RFC 9369 3.3). It keeps out chance, not onlookers: its keys follow from the
//! connection identifier that the client's first packet shows.

use aes::Aes128;
use aes::cipher::BlockCipherEncrypt as _;
use aes_gcm::{AeadInOut as _, Aes128Gcm, KeyInit as _};
use hkdf::Hkdf;
use sha2::Sha256;

use super::Version;
use super::packet::Initial;

const KEY_BYTES: usize = 16;
const VECTOR_BYTES: usize = 12;
const SAMPLE_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
/// Where the sample of the payload begins, counted from the packet number (RFC 9001 5.4.2).
const SAMPLE_OFFSET: usize = 4;

/// Who sent a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sender {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// The keys of one side's Initial packets.
#[derive(Clone)]
pub struct InitialKeys {
    cipher: Aes128Gcm,
    vector: [u8; VECTOR_BYTES],
    header: Aes128,
}

/// An opened packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plaintext {
    /// The packet number as it stands in the packet, one to four bytes of it.
    pub number: u32,
    /// The frames; read them with [`super::frames`].
    pub payload: Vec<u8>,
}

impl InitialKeys {
    /// The keys that follow from the destination of the client's first Initial packet, or of its first one after a Retry.
    /// None for versions that are not known.
    #[must_use]
    pub fn derive(version: Version, destination: &[u8], sender: Sender) -> Option<Self> {
        let secrets = version.secrets()?;
        let initial = Hkdf::<Sha256>::new(Some(&secrets.salt), destination);
        let label: &[u8] = match sender {
            Sender::Client => b"tls13 client in",
            Sender::Server => b"tls13 server in",
        };
        let secret: [u8; 32] = expand(&initial, label)?;
        let secret = Hkdf::<Sha256>::from_prk(&secret).ok()?;
        let key: [u8; KEY_BYTES] = expand(&secret, secrets.key_label)?;
        let header: [u8; KEY_BYTES] = expand(&secret, secrets.header_label)?;
        Some(Self {
            cipher: Aes128Gcm::new(&key.into()),
            vector: expand(&secret, secrets.vector_label)?,
            header: Aes128::new(&header.into()),
        })
    }

    /// Five bytes that cover the first byte and the packet number (RFC 9001 5.4.3).
    fn mask(&self, sample: [u8; SAMPLE_BYTES]) -> [u8; 5] {
        let mut block = sample.into();
        self.header.encrypt_block(&mut block);
        let [a, b, c, d, e, ..] = <[u8; SAMPLE_BYTES]>::from(block);
        [a, b, c, d, e]
    }

    fn nonce(&self, number: u32) -> [u8; VECTOR_BYTES] {
        let number = [[0; 8].as_slice(), &number.to_be_bytes()].concat();
        let mut nonce = self.vector;
        nonce.iter_mut().zip(number).for_each(|(byte, bits)| *byte ^= bits);
        nonce
    }
}

/// HKDF-Expand-Label without a context (RFC 8446 7.1); `label` begins with `tls13 `.
fn expand<const N: usize>(secret: &Hkdf<Sha256>, label: &[u8]) -> Option<[u8; N]> {
    let (length, label_length) = (u16::try_from(N).ok()?.to_be_bytes(), u8::try_from(label.len()).ok()?);
    let mut output = [0; N];
    secret
        .expand_multi_info(&[&length, &[label_length], label, &[0]], &mut output)
        .ok()?;
    Some(output)
}

impl Initial<'_> {
    /// Removes the protection. None when the keys are not the right ones, or the packet is damaged or cut off: it is proved by
    /// its tag, so what comes out is what was sent.
    #[must_use]
    pub fn open(&self, keys: &InitialKeys) -> Option<Plaintext> {
        if !self.is_complete() {
            return None;
        }
        let sample = self.bytes.get(self.number_offset.checked_add(SAMPLE_OFFSET)?..)?;
        let [cover, covers @ ..] = keys.mask(*sample.first_chunk()?);
        let first = self.header.first ^ cover & 0x0f;
        let number_bytes = usize::from(first & 3) + 1;
        let (covered, body) = self
            .bytes
            .split_at_checked(self.number_offset.checked_add(number_bytes)?)?;
        let mut header = covered.to_vec();
        *header.first_mut()? = first;
        let mut number = 0;
        for (byte, cover) in header.iter_mut().skip(self.number_offset).zip(covers) {
            *byte ^= cover;
            number = number << 8 | u32::from(*byte);
        }
        let (payload, tag) = body.split_at_checked(body.len().checked_sub(TAG_BYTES)?)?;
        let mut payload = payload.to_vec();
        let tag: [u8; TAG_BYTES] = tag.try_into().ok()?;
        keys.cipher
            .decrypt_inout_detached(
                &keys.nonce(number).into(),
                &header,
                payload.as_mut_slice().into(),
                &tag.into(),
            )
            .ok()?;
        Some(Plaintext { number, payload })
    }
}
