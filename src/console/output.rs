//! What a line prints.

use std::time::Duration;

/// What a line printed, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Output {
    /// The answer.
    pub stdout: String,
    /// What went wrong, in the words of the program that was called.
    pub stderr: String,
    /// Zero if all went well; else as the program's own exit status.
    pub status: u8,
    /// How long the line asks to wait before the next one is entered.
    pub wait: Option<Duration>,
    /// A word of the page's own about what was entered, apart from what a program printed.
    pub hint: Option<String>,
    /// The script that the line has become: it goes on by itself, and its end is yet to come.
    pub job: Option<u32>,
    /// Whether the line looked at how an earlier one had ended.
    pub(super) looks_at_status: bool,
    /// Whether the line reached the world, so that a replay needs it.
    kept: bool,
    /// Which bytes went where, if answers and complaints alternate.
    order: Option<Box<Order>>,
}

/// Streams with how many bytes went there, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Order(Vec<(Stream, u32)>);

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Where answers go.
    Out,
    /// Where complaints go.
    Err,
}

impl Output {
    /// An answer, and nothing wrong with it.
    pub fn answer(stdout: impl Into<String>) -> Self {
        Self { stdout: stdout.into(), ..Self::default() }
    }

    /// A line that takes a while and does nothing else.
    pub fn waiting(wait: Duration) -> Self {
        Self { wait: Some(wait), ..Self::default() }
    }

    /// The same, of a line that reached the world, whatever the world said.
    #[must_use]
    pub fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Whether the line reached the world, so that a replay needs it. Lines that could not be read
    /// and lines that only wait did not.
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// Prints some more.
    pub fn print(&mut self, stream: Stream, text: &str) {
        let of = match stream {
            Stream::Out => &mut self.stdout,
            Stream::Err => &mut self.stderr,
        };
        of.push_str(text);
        let bytes = u32::try_from(text.len()).expect("a line prints less than 4 GiB");
        let Order(order) = &mut **self.order.get_or_insert_default();
        match order.last_mut() {
            Some((last, sum)) if *last == stream => *sum = sum.saturating_add(bytes),
            _ => order.push((stream, bytes)),
        }
    }

    /// What a shell prints of a command's output that it does not look at.
    pub(super) fn through_shell(self) -> Self {
        self.after("")
    }

    /// The same after something that went where complaints go.
    pub(super) fn after(mut self, told: &str) -> Self {
        let printed = Self {
            stdout: std::mem::take(&mut self.stdout),
            stderr: std::mem::take(&mut self.stderr),
            order: self.order.take(),
            ..Self::default()
        };
        for (stream, text) in std::iter::once((Stream::Err, told)).chain(printed.parts()) {
            if !text.is_empty() {
                self.print(stream, text);
            }
        }
        self
    }

    /// Prints what follows it, and ends as that does.
    pub fn append(&mut self, later: &Self) {
        later.parts().for_each(|(stream, text)| self.print(stream, text));
        self.status = later.status;
    }

    /// What was printed, in the order in which a terminal shows it.
    pub fn parts(&self) -> impl Iterator<Item = (Stream, &str)> {
        let (out, err) = (self.stdout.len(), self.stderr.len());
        let (mut from_out, mut from_err) = (0, 0);
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let plain = [(Stream::Out, length(out)), (Stream::Err, length(err))];
        let order = self.order.as_ref().map_or(plain.to_vec(), |order| order.0.clone());
        let parts = order.into_iter().map(move |(stream, bytes)| {
            let (text, from) = match stream {
                Stream::Out => (&self.stdout, &mut from_out),
                Stream::Err => (&self.stderr, &mut from_err),
            };
            let start = std::mem::replace(from, *from + bytes as usize);
            (stream, &text[start..*from])
        });
        parts.filter(|(_, text)| !text.is_empty())
    }

    /// Whether nothing was printed.
    pub fn is_silent(&self) -> bool {
        self.stdout.is_empty() && self.stderr.is_empty()
    }

    /// Whether the line looked at how an earlier one had ended, which a replay then needs, too.
    pub fn looks_at_status(&self) -> bool {
        self.looks_at_status
    }

    /// A line that failed.
    pub fn failure(status: u8, stderr: impl Into<String>) -> Self {
        Self { stderr: stderr.into(), status, ..Self::default() }
    }
}
