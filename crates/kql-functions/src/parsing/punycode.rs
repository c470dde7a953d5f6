//! Punycode (RFC 3492).

const BASE: u32 = 36;
const FIRST_THRESHOLD: u32 = 1;
const LAST_THRESHOLD: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;

fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / count.max(1);
    let mut steps = 0;
    while delta > ((BASE - FIRST_THRESHOLD) * LAST_THRESHOLD) / 2 {
        delta /= BASE - FIRST_THRESHOLD;
        steps += BASE;
    }
    steps + (BASE - FIRST_THRESHOLD + 1) * delta / (delta + SKEW)
}

fn threshold(place: u32, bias: u32) -> u32 {
    place.saturating_sub(bias).clamp(FIRST_THRESHOLD, LAST_THRESHOLD)
}

/// What the text is written as; none where it is too long.
pub(super) fn encode(text: &str) -> Option<String> {
    let mut encoded: String = text.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(encoded.len()).ok()?;
    if basic > 0 {
        encoded.push('-');
    }
    let count = u32::try_from(text.chars().count()).ok()?;
    let (mut code, mut delta, mut bias, mut handled) = (FIRST_CODE, 0_u32, FIRST_BIAS, basic);
    while handled < count {
        let next = text.chars().map(u32::from).filter(|known| *known >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for known in text.chars().map(u32::from) {
            if known < code {
                delta = delta.checked_add(1)?;
            }
            if known == code {
                write_number(&mut encoded, delta, bias)?;
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code = code.checked_add(1)?;
    }
    Some(encoded)
}

fn write_number(encoded: &mut String, number: u32, bias: u32) -> Option<()> {
    let (mut rest, mut place) = (number, BASE);
    loop {
        let threshold = threshold(place, bias);
        if rest < threshold {
            encoded.push(char::from_digit_of_base(rest)?);
            return Some(());
        }
        encoded.push(char::from_digit_of_base(
            threshold + (rest - threshold) % (BASE - threshold),
        )?);
        rest = (rest - threshold) / (BASE - threshold);
        place += BASE;
    }
}

/// Letters stand for 0 to 25, digits for 26 to 35.
trait Digit: Sized {
    fn from_digit_of_base(digit: u32) -> Option<Self>;
    fn digit_of_base(self) -> Option<u32>;
}

impl Digit for char {
    fn from_digit_of_base(digit: u32) -> Option<Self> {
        let code = if digit < 26 {
            u32::from('a') + digit
        } else {
            u32::from('0') + digit - 26
        };
        Self::from_u32(code).filter(char::is_ascii_alphanumeric)
    }

    fn digit_of_base(self) -> Option<u32> {
        match self.to_ascii_lowercase() {
            letter @ 'a'..='z' => Some(u32::from(letter) - u32::from('a')),
            digit @ '0'..='9' => Some(u32::from(digit) - u32::from('0') + 26),
            _ => None,
        }
    }
}

/// The text that is written so; none where it is no Punycode.
pub(super) fn decode(encoded: &str) -> Option<String> {
    let (basic, rest) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut characters: Vec<char> = basic.chars().collect();
    basic.is_ascii().then_some(())?;
    let (mut code, mut place, mut bias) = (FIRST_CODE, 0_u32, FIRST_BIAS);
    let mut digits = rest.chars().peekable();
    while digits.peek().is_some() {
        let before = place;
        place = read_number(&mut digits, place, bias)?;
        let count = u32::try_from(characters.len()).ok()?.checked_add(1)?;
        bias = adapted(place - before, count, before == 0);
        code = code.checked_add(place / count)?;
        place %= count;
        characters.insert(usize::try_from(place).ok()?, char::from_u32(code)?);
        place += 1;
    }
    Some(characters.into_iter().collect())
}

fn read_number(digits: &mut impl Iterator<Item = char>, from: u32, bias: u32) -> Option<u32> {
    let (mut number, mut weight, mut place) = (from, 1_u32, BASE);
    loop {
        let digit = digits.next()?.digit_of_base()?;
        number = number.checked_add(digit.checked_mul(weight)?)?;
        let threshold = threshold(place, bias);
        if digit < threshold {
            return Some(number);
        }
        weight = weight.checked_mul(BASE - threshold)?;
        place += BASE;
    }
}
