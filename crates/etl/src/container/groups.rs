//! The kernel's groups of events under the identifiers by which they are documented.
//!
//! Source: the MOF classes of the kernel trace provider ("NT Kernel Logger Constants" and "Event Tracing MOF classes").

use crate::Guid;

/// The group of processes, whose type 10 is a load of an image and is documented with those.
const PROCESS: u8 = 0x03;
const LOAD: u8 = 10;

/// The identifier under which events of that group and type are documented.
pub(super) const fn guid(group: u8, kind: u8) -> Guid {
    match group {
        PROCESS if kind == LOAD => IMAGE,
        // EventTrace_Header
        0x00 => Guid::new(0x68fd_d900, 0x4a3e, 0x11d1, [0x84, 0xf4, 0, 0, 0xf8, 0x04, 0x64, 0xe3]),
        // DiskIo
        0x01 => thread_family(0x3d6f_a8d4),
        // PageFault
        0x02 => thread_family(0x3d6f_a8d3),
        // Process
        PROCESS => thread_family(0x3d6f_a8d0),
        // FileIo
        0x04 => Guid::new(0x90cb_dc39, 0x4a3e, 0x11d1, [0x84, 0xf4, 0, 0, 0xf8, 0x04, 0x64, 0xe3]),
        // Thread
        0x05 => thread_family(0x3d6f_a8d1),
        // TcpIp
        0x06 => Guid::new(
            0x9a28_0ac0,
            0xc8e0,
            0x11d1,
            [0x84, 0xe2, 0, 0xc0, 0x4f, 0xb9, 0x98, 0xa2],
        ),
        // UdpIp
        0x08 => Guid::new(
            0xbf3a_50c5,
            0xa9c9,
            0x4988,
            [0xa0, 0x05, 0x2d, 0xf0, 0xb7, 0xc8, 0x0f, 0x80],
        ),
        // Registry
        0x09 => Guid::new(
            0xae53_722e,
            0xc863,
            0x11d2,
            [0x86, 0x59, 0, 0xc0, 0x4f, 0xa3, 0x21, 0xa1],
        ),
        // SystemConfig
        0x0b => Guid::new(
            0x0185_3a65,
            0x418f,
            0x4f36,
            [0xae, 0xfc, 0xdc, 0x0f, 0x1d, 0x2f, 0xd2, 0x35],
        ),
        // Pool
        0x0e => Guid::new(
            0x0268_a8b6,
            0x74fd,
            0x4302,
            [0x9d, 0xd0, 0x6e, 0x8f, 0x17, 0x95, 0xc0, 0xcf],
        ),
        // PerfInfo
        0x0f => Guid::new(
            0xce1d_bfb4,
            0x137e,
            0x4da6,
            [0x87, 0xb0, 0x3f, 0x59, 0xaa, 0x10, 0x2c, 0xbc],
        ),
        // ObTrace
        0x11 => Guid::new(
            0x8949_7f50,
            0xeffe,
            0x4440,
            [0x8c, 0xf2, 0xce, 0x6b, 0x1c, 0xdc, 0xac, 0xa7],
        ),
        // Power
        0x12 => Guid::new(
            0xe434_45e0,
            0x0903,
            0x48c3,
            [0xb8, 0x78, 0xff, 0x0f, 0xcc, 0xeb, 0xdd, 0x04],
        ),
        // Image
        0x14 => Guid::new(
            0x2cb1_5d1d,
            0x5fc1,
            0x11d2,
            [0xab, 0xe1, 0, 0xa0, 0xc9, 0x11, 0xf5, 0x18],
        ),
        // StackWalk
        0x18 => Guid::new(
            0xdef2_fe46,
            0x7bd6,
            0x4b80,
            [0xbd, 0x94, 0xf5, 0x7f, 0xe2, 0x0d, 0x0c, 0xe3],
        ),
        // ALPC
        0x1a => Guid::new(
            0x45d8_cccd,
            0x539f,
            0x4b72,
            [0xa8, 0xb7, 0x5c, 0x68, 0x31, 0x42, 0x60, 0x9a],
        ),
        _ => Guid::NIL,
    }
}

const IMAGE: Guid = Guid::new(
    0x2cb1_5d1d,
    0x5fc1,
    0x11d2,
    [0xab, 0xe1, 0, 0xa0, 0xc9, 0x11, 0xf5, 0x18],
);

const fn thread_family(first: u32) -> Guid {
    Guid::new(first, 0xfe05, 0x11d0, [0x9d, 0xda, 0, 0xc0, 0x4f, 0xd7, 0xba, 0x7c])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_of_an_image_is_documented_with_images_in_either_group() {
        assert_eq!(guid(PROCESS, LOAD), guid(0x14, 2));
        assert_ne!(guid(PROCESS, 1), guid(0x14, 2));
    }
}
