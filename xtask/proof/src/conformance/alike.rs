//! Cells that say the same in other letters: numbers of other digits, bags in another order of names, and rings of coordinates that
//! begin at another corner.

/// Numbers that differ by less than this share count as equal: the documentation rounds.
const TOLERANCE: f64 = 1e-9;
/// Deeper values are compared as letters.
const DEEPEST: usize = 64;

/// Whether two cells without blanks and quotes say the same.
pub(super) fn alike(expected: &str, found: &str) -> bool {
    if expected == found || same_number(expected, found) {
        return true;
    }
    match (read(expected), read(found)) {
        (Some(expected), Some(found)) => same(&expected, &found),
        _ => false,
    }
}

fn same_number(expected: &str, found: &str) -> bool {
    match (expected.parse::<f64>(), found.parse::<f64>()) {
        (Ok(left), Ok(right)) => (left - right).abs() <= TOLERANCE * left.abs().max(1.0),
        _ => false,
    }
}

/// An array, a bag or what stands in one.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Word(String),
    List(Vec<Node>),
    Bag(Vec<(String, Node)>),
}

/// Reads an array or a bag.
fn read(text: &str) -> Option<Node> {
    if !text.starts_with(['[', '{']) {
        return None;
    }
    let mut reader = Reader { rest: text };
    let node = reader.node(DEEPEST)?;
    reader.rest.is_empty().then_some(node)
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Option<Node> {
        let depth = depth.checked_sub(1)?;
        if self.sign('[') {
            return self.list(depth);
        }
        if self.sign('{') {
            return self.bag(depth);
        }
        Some(Node::Word(self.word(&[',', ']', '}'])))
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        let mut items = Vec::new();
        while !self.sign(']') {
            if !items.is_empty() && !self.sign(',') {
                return None;
            }
            items.push(self.node(depth)?);
        }
        Some(Node::List(items))
    }

    fn bag(&mut self, depth: usize) -> Option<Node> {
        let mut members = Vec::new();
        while !self.sign('}') {
            if !members.is_empty() && !self.sign(',') {
                return None;
            }
            let name = self.word(&[':', '}', ',']);
            if !self.sign(':') {
                return None;
            }
            members.push((name, self.node(depth)?));
        }
        members.sort_by(|left, right| left.0.cmp(&right.0));
        Some(Node::Bag(members))
    }

    fn word(&mut self, ends: &[char]) -> String {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        word.to_owned()
    }

    fn sign(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

fn same(expected: &Node, found: &Node) -> bool {
    match (expected, found) {
        (Node::Word(left), Node::Word(right)) => left == right || same_number(left, right),
        (Node::List(left), Node::List(right)) => in_order(left, right) || turned(left, right),
        (Node::Bag(left), Node::Bag(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| left.0 == right.0 && same(&left.1, &right.1))
        }
        _ => false,
    }
}

fn in_order(left: &[Node], right: &[Node]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}

/// Whether two rings of places are the same, wherever they begin.
fn turned(left: &[Node], right: &[Node]) -> bool {
    let (Some(left), Some(right)) = (ring(left), ring(right)) else {
        return false;
    };
    left.len() == right.len()
        && (0..left.len()).any(|start| {
            let mut from = left.iter().cycle().skip(start).zip(right);
            from.all(|(left, right)| same(left, right))
        })
}

/// The places of a ring, without the last one, which is the first again.
fn ring(nodes: &[Node]) -> Option<&[Node]> {
    let (last, places) = nodes.split_last()?;
    let is_place = |node: &Node| matches!(node, Node::List(pair) if pair.len() == 2);
    (places.len() >= 3 && places.first()? == last && nodes.iter().all(is_place)).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_order_of_names_and_first_corners_do_not_count() {
        assert!(alike("[0.54030230586813976,1.0]", "[0.5403023058681398,1]"));
        assert!(alike("{a:1,b:[2]}", "{b:[2],a:1}"));
        assert!(alike("[[1,1],[2,1],[2,2],[1,1]]", "[[2,1],[2,2],[1,1],[2,1]]"));
        assert!(!alike("[[1,1],[2,1],[2,2],[1,1]]", "[[2,2],[2,1],[1,1],[2,2]]"));
        assert!(!alike("[1,2]", "[2,1]"));
        assert!(!alike("{a:1}", "{a:2}"));
    }
}
