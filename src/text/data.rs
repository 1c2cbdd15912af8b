//! The data lab: a file of the visitor's own, and the stream that it needs.

mod en;
mod ko;

/// The data lab.
pub struct Data {
    /// Above the place where a file is dropped.
    pub title: &'static str,
    /// What happens to a file, and what does not.
    pub intro: &'static str,
    /// Names the field that takes a file.
    pub choose: &'static str,
    /// Names the choice among files that came together.
    pub several: &'static str,
    /// Names the buttons with the data sets of the page.
    pub samples: &'static str,
    /// The file is looked at.
    pub opening: fn(&str) -> String,
    /// The browser cannot read a file: its name, what it said.
    pub broken: fn(&str, &str) -> String,
    /// Why nothing can be made of a file: empty, header only, packed as, tables of, JSON document,
    /// binary.
    pub unreadable: [fn(&str) -> String; 6],
    /// What the file is.
    pub form: Form,
    /// What the stream shall do.
    pub wishes: Wishes,
    /// How far the reading came.
    pub progress: Progress,
    /// What was found.
    pub answer: Answer,
    /// Why a shard is not enough.
    pub reasons: Reasons,
    /// Rows that cannot be put.
    pub bad: Bad,
    /// What builds the stream.
    pub build: Build,
    /// What is done with the answer.
    pub give: Give,
}

/// What the file is.
pub struct Form {
    /// Above it.
    pub title: &'static str,
    /// Names the choice of what rows are.
    pub shape: &'static str,
    /// CSV with commas, semicolons, tabs, bars, another sign; NDJSON; a log.
    pub shapes: [&'static str; 7],
    /// Whether the first row names the columns.
    pub header: &'static str,
    /// Names the choice of the key.
    pub key: &'static str,
    /// No column is the key.
    pub no_key: &'static str,
    /// Names the choice of the time.
    pub time: &'static str,
    /// No column is the time.
    pub no_time: &'static str,
    /// Above the first values.
    pub columns: &'static str,
    /// Columns of that table: name, kind, first values.
    pub heads: [&'static str; 3],
    /// Times, numbers, texts, nothing.
    pub kinds: [&'static str; 4],
}

/// What the stream shall do.
pub struct Wishes {
    /// Above the fields.
    pub title: &'static str,
    /// Names of the fields: shared consumers, fan-out, retention in hours, speed, headroom in
    /// percent, KiB of a record, hours of a file without times.
    pub fields: [&'static str; 7],
}

/// How far the reading came.
pub struct Progress {
    /// Names the bar.
    pub label: &'static str,
    /// Percent, bytes, all bytes, records, keys.
    pub told: fn(&str, &str, &str, &str, &str) -> String,
    /// Stops.
    pub stop: &'static str,
    /// It was stopped: bytes read of all.
    pub stopped: fn(&str, &str) -> String,
    /// It broke off: bytes read of all, what the browser said.
    pub broke: fn(&str, &str, &str) -> String,
}

/// What was found.
pub struct Answer {
    /// No row could be used.
    pub nothing: &'static str,
    /// So many shards do.
    pub shards: fn(&str) -> String,
    /// So many, more than with even keys.
    pub uneven: fn(&str, &str) -> String,
    /// A key cannot fit: the column, how many of its values, the shards with salt.
    pub too_hot: fn(&str, &str, &str) -> String,
    /// A key fits, but leaves no headroom: the column, how many of its values, shards with salt.
    pub no_headroom: fn(&str, &str, &str) -> String,
    /// No number up to this one does.
    pub not_enough: fn(&str) -> String,
    /// It is for records with keys of their own.
    pub without_key: &'static str,
    /// It is for a file without times, taken to last so many hours.
    pub without_time: fn(&str) -> String,
    /// What was read: records, bytes, distinct keys, from when, to when.
    pub total: &'static str,
    /// Rows of that table: records, bytes, mean and largest record, keys, from, to, peak second,
    /// peak minute, mean second.
    pub totals: [&'static str; 10],
    /// So many a second, so many bytes a second.
    pub rate: fn(&str, &str) -> String,
    /// About a number, off by less than percent.
    pub about: fn(&str, &str) -> String,
    /// Above the load over the key space.
    pub space: &'static str,
    /// What its bars are: of the peak second, or of the whole file.
    pub space_of: [&'static str; 2],
    /// Says it in words: the fullest part, shards.
    pub space_twin: fn(&str, &str) -> String,
    /// Names the line of a shard's limit.
    pub limit: &'static str,
    /// Skew: the hottest key's share, that of the busiest sixteenth.
    pub skew: fn(&str, &str) -> String,
    /// Above the load over time.
    pub time: &'static str,
    /// Bytes and records over time, in the busiest second of each part.
    pub series: [&'static str; 2],
    /// What its lines are of: so many seconds.
    pub step: fn(&str) -> String,
    /// What a chart over time says: the most, from when, to when.
    pub time_twin: fn(&str, &str, &str) -> String,
    /// Above the hottest keys.
    pub hottest: &'static str,
    /// Columns of that table: key, share, records, bytes.
    pub hot_heads: [&'static str; 4],
    /// A key whose text is not told.
    pub withheld: &'static str,
    /// Beyond a million keys, counts may lack so much.
    pub sketched: fn(&str) -> String,
    /// Opens the rest.
    pub more: fn(&str) -> String,
    /// Above the costs.
    pub costs: &'static str,
    /// What they are of.
    pub costs_note: &'static str,
    /// The total, and the cheapest.
    pub total_cost: [&'static str; 2],
}

/// Why a shard is not enough.
pub struct Reasons {
    /// Above them.
    pub title: &'static str,
    /// Columns: limit, what it is asked for, shards.
    pub heads: [&'static str; 3],
    /// Names: bytes, records, reads, even keys, your keys.
    pub names: [&'static str; 5],
    /// At a time.
    pub at: fn(&str) -> String,
    /// At any time: the file has none.
    pub evenly: &'static str,
    /// Bytes of the busiest second, when; headroom in percent.
    pub bytes: fn(&str, &str, &str) -> String,
    /// The same of records.
    pub records: fn(&str, &str, &str) -> String,
    /// Bytes of the busiest minute, so many consumers.
    pub reads: fn(&str, &str) -> String,
    /// Nobody polls.
    pub no_reads: &'static str,
    /// The most of the three.
    pub even: &'static str,
    /// With so many equal shards the fullest would be so full, when.
    pub fullest: fn(&str, &str, &str) -> String,
    /// There is no key.
    pub no_key: &'static str,
    /// No number of shards.
    pub none: &'static str,
    /// The hottest key in a second: its text, percent of a shard, rate, when.
    pub hottest: fn(&str, &str, &str, &str) -> String,
    /// Suffixes for so many keys, and shards then.
    pub salt: fn(&str, &str, &str) -> String,
    /// Ranges that balance: percent with them, percent with equal ones.
    pub splits: fn(&str, &str) -> String,
    /// Where ranges begin.
    pub starts: &'static str,
    /// With the burst so many would do for bytes, evened out over a minute so many.
    pub bursts: fn(&str, &str) -> String,
    /// How often each of the consumers can poll.
    pub polls: fn(&str) -> String,
    /// Steps in which keys were not known.
    pub unknown: fn(&str) -> String,
}

/// Rows that cannot be put.
pub struct Bad {
    /// Above them: how many.
    pub title: fn(&str) -> String,
    /// Columns: reason, rows, first lines.
    pub heads: [&'static str; 3],
    /// By `sizing::Reason`.
    pub reasons: [&'static str; 8],
    /// Lines end in more than one way.
    pub ends: fn(&str) -> String,
    /// What may help if most rows are bad.
    pub most: &'static str,
}

/// What builds the stream.
pub struct Build {
    /// Above it.
    pub title: &'static str,
    /// Names the choice: equal ranges, balanced ranges, on demand.
    pub how: &'static str,
    /// The choices.
    pub ways: [&'static str; 3],
    /// Copies it.
    pub copy: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// Names the code.
    pub code: &'static str,
}

/// What is done with the answer.
pub struct Give {
    /// Replays the data here.
    pub replay: &'static str,
    /// What that enters.
    pub replay_note: &'static str,
    /// The file is read once more.
    pub reading: &'static str,
    /// It was entered: the stream.
    pub entered: fn(&str) -> String,
    /// Only the part around the peak: from, to, how many rows.
    pub part: fn(&str, &str, &str) -> String,
    /// Only the first rows.
    pub first: fn(&str) -> String,
    /// Rows are written anew.
    pub rewritten: &'static str,
    /// Downloads the file that is replayed: its name.
    pub excerpt: fn(&str) -> String,
    /// What it is good for.
    pub excerpt_note: &'static str,
    /// The file has no row that can be replayed.
    pub no_part: &'static str,
    /// Above handing on.
    pub title: &'static str,
    /// What a report holds.
    pub note: &'static str,
    /// Whether it names keys.
    pub keys: &'static str,
    /// Names the link.
    pub link: &'static str,
    /// Downloads it.
    pub file: &'static str,
    /// Prints it.
    pub print: &'static str,
    /// It was made from a link, by which version.
    pub shared: fn(&str) -> String,
    /// A link is none: newer, altered, too long, without sense; the browser cannot unpack.
    pub no_report: [&'static str; 5],
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Data; 2] = [en::DATA, ko::DATA];
