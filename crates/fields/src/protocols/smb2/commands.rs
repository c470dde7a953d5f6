//! The fixed parts of requests and responses (MS-SMB2 2.2).

use whotalks_record::Timestamp;

use super::*;
use crate::FieldId;
use crate::protocols::smb::{ACCESS_MASK, CREATE_OPTIONS, SHARE_ACCESS};

const CLOSE: u64 = 6;
const QUERY_INFO: u64 = 16;
const QUERY_DIRECTORY: u64 = 14;

/// Bits of capabilities (MS-SMB2 2.2.3).
const CAPABILITIES_BITS: [(FieldId, u64); 7] = [
    (CAPABILITIES_DFS, 0x01),
    (CAPABILITIES_LEASING, 0x02),
    (CAPABILITIES_LARGE_MTU, 0x04),
    (CAPABILITIES_MULTI_CHANNEL, 0x08),
    (CAPABILITIES_PERSISTENT_HANDLES, 0x10),
    (CAPABILITIES_DIRECTORY_LEASING, 0x20),
    (CAPABILITIES_ENCRYPTION, 0x40),
];

/// Attributes of files (MS-FSCC 2.6).
const ATTRIBUTES: [(FieldId, u64); 15] = [
    (FILE_ATTRIBUTE_READ_ONLY, 0x1),
    (FILE_ATTRIBUTE_HIDDEN, 0x2),
    (FILE_ATTRIBUTE_SYSTEM, 0x4),
    (FILE_ATTRIBUTE_DIRECTORY, 0x10),
    (FILE_ATTRIBUTE_ARCHIVE, 0x20),
    (FILE_ATTRIBUTE_NORMAL, 0x80),
    (FILE_ATTRIBUTE_TEMPORARY, 0x100),
    (FILE_ATTRIBUTE_SPARSE, 0x200),
    (FILE_ATTRIBUTE_REPARSE, 0x400),
    (FILE_ATTRIBUTE_COMPRESSED, 0x800),
    (FILE_ATTRIBUTE_OFFLINE, 0x1000),
    (FILE_ATTRIBUTE_NOT_CONTENT_INDEXED, 0x2000),
    (FILE_ATTRIBUTE_ENCRYPTED, 0x4000),
    (FILE_ATTRIBUTE_INTEGRITY_STREAM, 0x8000),
    (FILE_ATTRIBUTE_NO_SCRUB_DATA, 0x20000),
];

/// A number of four bytes and its bits.
fn flags<'a>(body: Bytes<'a>, at: usize, whole: FieldId, bits: &[(FieldId, u64)], out: &mut Out<'_, '_, 'a>) {
    out.layout(body, &[Place::le(whole, at, 4)]);
    bits.iter().for_each(|(id, mask)| out.layout(body, &[Place::le_bits(*id, at, 4, *mask)]));
}

fn signing<'a>(body: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        body,
        &[
            Place::bits(SEC_MODE_SIGN_REQUIRED, at, 1, 0x02),
            Place::bits(SEC_MODE_SIGN_ENABLED, at, 1, 0x01),
        ],
    );
}

/// The time of Windows: a tenth of a microsecond since 1601 (MS-DTYP 2.3.3).
fn time(id: FieldId, body: Bytes<'_>, at: usize, out: &mut Out<'_, '_, '_>) {
    const SECONDS_TO_1970: i64 = 11_644_473_600;
    const PER_SECOND: u64 = 10_000_000;
    let Some(ticks) = body.le(at, 8).filter(|ticks| *ticks != 0 && *ticks < u64::MAX / 2) else { return };
    let seconds = (ticks / PER_SECOND) as i64 - SECONDS_TO_1970;
    out.time(id, Some(Timestamp::from_seconds(seconds, (ticks % PER_SECOND) as u32 * 100)));
}

/// Created, read, written, changed.
fn times(body: Bytes<'_>, at: usize, out: &mut Out<'_, '_, '_>) {
    let all = [CREATE_TIME, LAST_ACCESS_TIME, LAST_WRITE_TIME, LAST_CHANGE_TIME];
    all.into_iter().enumerate().for_each(|(index, id)| time(id, body, at + index * 8, out));
}

/// The fixed part of a request.
pub(super) fn request<'a>(command: u64, body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match command {
        NEGOTIATE => {
            signing(body, 4, out);
            flags(body, 8, CAPABILITIES, &CAPABILITIES_BITS, out);
        }
        SESSION_SETUP => {
            out.layout(
                body,
                &[
                    Place::at(SES_REQ_FLAGS, 2, 1),
                    Place::bits(SES_REQ_FLAGS_SESSION_BINDING, 2, 1, 0x01),
                    Place::at(SEC_MODE, 3, 1),
                    Place::le(CHANNEL, 8, 4),
                    Place::le(PREVIOUS_SESID, 16, 8),
                ],
            );
            signing(body, 3, out);
            flags(body, 4, CAPABILITIES, &CAPABILITIES_BITS, out);
        }
        TREE_CONNECT => out.layout(
            body,
            &[
                Place::le(TC_FLAGS, 2, 2),
                Place::le_bits(TC_CLUSTER_RECONNECT, 2, 2, 0x01),
                Place::le_bits(TC_REDIRECT_TO_OWNER, 2, 2, 0x02),
                Place::le_bits(TC_EXTENSION_PRESENT, 2, 2, 0x04),
            ],
        ),
        CREATE => {
            out.layout(
                body,
                &[
                    Place::at(CREATE_OPLOCK, 3, 1),
                    Place::le(IMPERSONATION_LEVEL, 4, 4),
                    Place::le(CREATE_FLAGS, 8, 8),
                    Place::le(ACCESS_MASK, 24, 4),
                    Place::le(SHARE_ACCESS, 32, 4),
                    Place::le(CREATE_OPTIONS, 40, 4),
                ],
            );
            flags(body, 28, FILE_ATTRIBUTE, &ATTRIBUTES, out);
        }
        CLOSE => out.layout(body, &[Place::le(CLOSE_FLAGS, 2, 2)]),
        _ => data_request(command, body, out),
    }
}

fn data_request<'a>(command: u64, body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match command {
        READ => out.layout(
            body,
            &[
                Place::at(READ_PADDING, 2, 1),
                Place::at(READ_FLAGS, 3, 1),
                Place::bits(READ_FLAGS_UNBUFFERED, 3, 1, 0x01),
                Place::bits(READ_FLAGS_COMPRESSED, 3, 1, 0x02),
                Place::le(MIN_COUNT, 32, 4),
                Place::le(CHANNEL, 36, 4),
                Place::le(READ_REMAINING, 40, 4),
            ],
        ),
        WRITE => out.layout(
            body,
            &[
                Place::le(DATA_OFFSET, 2, 2),
                Place::le(CHANNEL, 32, 4),
                Place::le(WRITE_REMAINING, 36, 4),
                Place::le(WRITE_FLAGS, 44, 4),
                Place::le_bits(WRITE_FLAGS_WRITE_THROUGH, 44, 4, 0x01),
                Place::le_bits(WRITE_FLAGS_UNBUFFERED, 44, 4, 0x02),
            ],
        ),
        IOCTL => {
            function(body, out);
            out.layout(body, &[Place::le(MAX_IOCTL_IN_SIZE, 32, 4), Place::le(MAX_IOCTL_OUT_SIZE, 44, 4)]);
            out.layout(body, &[Place::le(IOCTL_FLAGS, 48, 4)]);
        }
        QUERY_INFO => {
            out.layout(body, &[Place::at(CLASS, 2, 1)]);
            level(body, out);
            out.layout(
                body,
                &[
                    Place::le(MAX_RESPONSE_SIZE, 4, 4),
                    Place::le(GETINFO_INPUT_OFFSET, 8, 2),
                    Place::le(GETINFO_INPUT_SIZE, 12, 4),
                    Place::le(GETSETINFO_ADDITIONAL, 16, 4),
                    Place::le(GETINFO_FLAGS, 20, 4),
                ],
            );
        }
        QUERY_DIRECTORY => {
            let place = body.length_le(24, 2).zip(body.length_le(26, 2));
            let text = place.and_then(|(at, length)| body.slice(at.checked_sub(HEADER_BYTES)?, length));
            out.made_text(FIND_PATTERN, || text.map(utf_16));
        }
        _ => {}
    }
}

/// What is asked about depends on the class (MS-SMB2 2.2.37): a file, a volume, or who may do what.
fn level<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let id = match body.u8(2) {
        Some(1) => FILE_INFO_INFOLEVEL,
        Some(2) => FS_INFO_INFOLEVEL,
        Some(3) => SEC_INFO_INFOLEVEL,
        _ => return,
    };
    out.layout(body, &[Place::at(id, 3, 1)]);
}

/// The parts of a control code (MS-FSCC 2.3).
fn function<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        body,
        &[
            Place::le_bits(IOCTL_FUNCTION_DEVICE, 4, 4, 0xffff_0000),
            Place::le_bits(IOCTL_FUNCTION_ACCESS, 4, 4, 0xc000),
            Place::le_bits(IOCTL_FUNCTION_FUNCTION, 4, 4, 0x3ffc),
            Place::le_bits(IOCTL_FUNCTION_METHOD, 4, 4, 0x0003),
        ],
    );
}

/// The fixed part of a response.
pub(super) fn response<'a>(command: u64, body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match command {
        NEGOTIATE => {
            signing(body, 2, out);
            flags(body, 24, CAPABILITIES, &CAPABILITIES_BITS, out);
            out.layout(
                body,
                &[
                    Place::le(MAX_TRANS_SIZE, 28, 4),
                    Place::le(MAX_READ_SIZE, 32, 4),
                    Place::le(MAX_WRITE_SIZE, 36, 4),
                ],
            );
            time(CURRENT_TIME, body, 40, out);
            time(BOOT_TIME, body, 48, out);
        }
        SESSION_SETUP => out.layout(
            body,
            &[
                Place::le(SESSION_FLAGS, 2, 2),
                Place::le_bits(SES_FLAGS_GUEST, 2, 2, 0x01),
                Place::le_bits(SES_FLAGS_NULL, 2, 2, 0x02),
                Place::le_bits(SES_FLAGS_ENCRYPT, 2, 2, 0x04),
            ],
        ),
        TREE_CONNECT => share(body, out),
        CREATE => {
            out.layout(
                body,
                &[
                    Place::at(CREATE_OPLOCK, 2, 1),
                    Place::at(CREATE_REP_FLAGS, 3, 1),
                    Place::bits(CREATE_REP_FLAGS_REPARSE_POINT, 3, 1, 0x01),
                    Place::le(CREATE_ACTION, 4, 4),
                ],
            );
            times(body, 8, out);
            out.layout(body, &[Place::le(ALLOCATION_SIZE, 40, 8), Place::le(EOF, 48, 8)]);
            flags(body, 56, FILE_ATTRIBUTE, &ATTRIBUTES, out);
        }
        CLOSE => {
            out.layout(body, &[Place::le(CLOSE_FLAGS, 2, 2)]);
            times(body, 8, out);
            out.layout(body, &[Place::le(ALLOCATION_SIZE, 40, 8), Place::le(EOF, 48, 8)]);
            flags(body, 56, FILE_ATTRIBUTE, &ATTRIBUTES, out);
        }
        READ => out.layout(body, &[Place::le(READ_REMAINING, 8, 4)]),
        WRITE => out.layout(body, &[Place::le(WRITE_COUNT, 4, 4), Place::le(WRITE_REMAINING, 8, 4)]),
        IOCTL => function(body, out),
        _ => {}
    }
}

/// MS-SMB2 2.2.10.
fn share<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let share_flags = [
        (SHARE_FLAGS_DFS, 0x01),
        (SHARE_FLAGS_DFS_ROOT, 0x02),
        (SHARE_FLAGS_ENCRYPT_DATA, 0x8000),
        (SHARE_FLAGS_COMPRESS_DATA, 0x0010_0000),
    ];
    flags(body, 4, SHARE_FLAGS, &share_flags, out);
    let capabilities = [
        (SHARE_CAPS_DFS, 0x08),
        (SHARE_CAPS_CONTINUOUS_AVAILABILITY, 0x10),
        (SHARE_CAPS_SCALEOUT, 0x20),
        (SHARE_CAPS_CLUSTER, 0x40),
    ];
    flags(body, 8, SHARE_CAPS, &capabilities, out);
    out.layout(body, &[Place::le(ACCESS_MASK, 12, 4)]);
}
