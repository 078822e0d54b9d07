//! SPDX license expressions: does a set of accepted licenses satisfy one?

/// Whether `accepts` is enough for `expression`, such as `MIT OR (Apache-2.0 AND BSD-3-Clause)`. An expression that
/// cannot be read is not satisfied.
pub(super) fn satisfied(expression: &str, accepts: &impl Fn(&str) -> bool) -> bool {
    // The slash is how crates wrote OR before SPDX.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, accepts };
    let result = reader.any();
    result.unwrap_or(false) && reader.words.is_empty()
}

struct Reader<'a, F> {
    words: &'a [&'a str],
    accepts: &'a F,
}

impl<F: Fn(&str) -> bool> Reader<'_, F> {
    fn any(&mut self) -> Option<bool> {
        let mut result = self.all()?;
        while self.take("OR") {
            result |= self.all()?;
        }
        Some(result)
    }

    fn all(&mut self) -> Option<bool> {
        let mut result = self.one()?;
        while self.take("AND") {
            result &= self.one()?;
        }
        Some(result)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let result = self.any()?;
            return self.take(")").then_some(result);
        }
        let (license, rest) = self.words.split_first()?;
        self.words = rest;
        if self.take("WITH") {
            let (exception, rest) = self.words.split_first()?;
            self.words = rest;
            return Some((self.accepts)(&format!("{license} WITH {exception}")));
        }
        Some((self.accepts)(license))
    }

    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(expression: &str) -> bool {
        satisfied(expression, &|license| ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&license))
    }

    #[test]
    fn one_accepted_choice_is_enough() {
        assert!(ok("MIT"));
        assert!(ok("GPL-3.0 OR MIT"));
        assert!(ok("MIT/GPL-3.0"));
        assert!(ok("GPL-3.0 OR (MIT AND Apache-2.0)"));
    }

    #[test]
    fn every_part_of_a_conjunction_must_be_accepted() {
        assert!(ok("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!ok("MIT AND GPL-3.0"));
        assert!(!ok("(MIT OR Apache-2.0) AND OpenSSL"));
    }

    #[test]
    fn an_exception_is_a_license_of_its_own() {
        assert!(!ok("Apache-2.0 WITH LLVM-exception"));
        assert!(ok("Apache-2.0 WITH LLVM-exception OR MIT"));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert!(!ok(""));
        assert!(!ok("MIT AND"));
        assert!(!ok("(MIT"));
        assert!(!ok("MIT Apache-2.0"));
    }
}
