//! Instants and lengths of time of a scenario: signed nanoseconds, instants counted from 1970-01-01T00:00:00Z.

/// Nanoseconds of one microsecond.
pub(crate) const MICROSECOND: i64 = 1_000;
/// Nanoseconds of one millisecond.
pub(crate) const MILLISECOND: i64 = 1_000_000;
/// Nanoseconds of one second.
pub(crate) const SECOND: i64 = 1_000_000_000;
/// Nanoseconds of one minute.
pub(crate) const MINUTE: i64 = 60 * SECOND;
/// Nanoseconds of one hour.
pub(crate) const HOUR: i64 = 60 * MINUTE;

/// Ticks of 100 ns between 1601-01-01 and 1970-01-01, the two epochs of FILETIME and Unix (MS-DTYP 2.3.3).
const FILETIME_OF_UNIX_EPOCH: i64 = 116_444_736_000_000_000;

/// The instant as a Windows FILETIME (100 ns ticks since 1601-01-01, MS-DTYP 2.3.3).
pub(crate) fn filetime(instant_ns: i64) -> u64 {
    u64::try_from(instant_ns.div_euclid(100).saturating_add(FILETIME_OF_UNIX_EPOCH)).unwrap_or(0)
}

/// Year, month, day, hour, minute, second and millisecond of the instant in UTC.
///
/// The calendar part is Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
pub(crate) fn civil(instant_ns: i64) -> [i64; 7] {
    let seconds = instant_ns.div_euclid(SECOND);
    let shifted = seconds.div_euclid(86_400).saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 {
        month_index + 3
    } else {
        month_index - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let of_day = seconds.rem_euclid(86_400);
    let millisecond = instant_ns.rem_euclid(SECOND) / MILLISECOND;
    [
        year,
        month,
        day,
        of_day / 3_600,
        of_day / 60 % 60,
        of_day % 60,
        millisecond,
    ]
}

/// The instant as Sysmon writes it: `2026-11-20 01:02:11.123`, UTC.
pub(crate) fn sysmon_time(instant_ns: i64) -> String {
    let [year, month, day, hour, minute, second, millisecond] = civil(instant_ns);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{millisecond:03}")
}

/// The instant as `netsh wfp` writes it: `2026-11-20T01:02:11.123Z`.
pub(crate) fn iso_time(instant_ns: i64) -> String {
    format!("{}Z", sysmon_time(instant_ns).replacen(' ', "T", 1))
}

#[cfg(test)]
mod tests {
    use super::{SECOND, filetime, iso_time, sysmon_time};

    #[test]
    fn the_unix_epoch_is_the_documented_filetime() {
        assert_eq!(filetime(0), 116_444_736_000_000_000);
        assert_eq!(filetime(150), 116_444_736_000_000_001);
    }

    #[test]
    fn dates_are_civil() {
        assert_eq!(sysmon_time(0), "1970-01-01 00:00:00.000");
        assert_eq!(iso_time(951_826_229 * SECOND), "2000-02-29T12:10:29.000Z");
        assert_eq!(
            sysmon_time(1_795_136_531 * SECOND + 7_000_000),
            "2026-11-20 01:02:11.007"
        );
    }
}
