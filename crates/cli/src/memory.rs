//! How much memory the machine has.

/// What is taken where the system does not say.
const UNKNOWN_BYTES: usize = 4 << 30;
/// Bytes of the kibibyte in which Linux states sizes.
const KIB: usize = 1 << 10;

/// The memory of the machine, as `/proc/meminfo` states it (proc_meminfo(5)).
pub(crate) fn of_machine_bytes() -> usize {
    let stated = std::fs::read_to_string("/proc/meminfo").ok();
    stated.as_deref().and_then(total_bytes).unwrap_or(UNKNOWN_BYTES)
}

fn total_bytes(stated: &str) -> Option<usize> {
    let total = stated.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kibibytes: usize = total.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(KIB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found_among_the_lines() {
        assert_eq!(total_bytes("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16 << 20));
        assert_eq!(total_bytes("MemFree: 1 kB\n"), None);
    }
}
