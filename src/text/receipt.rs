//! A receipt: why a shard refused, and what helps.
//!
//! Whoever reads it may have never heard of a shard. Amounts come as texts of their own.

mod en;
mod ko;

/// A receipt.
pub struct Receipt {
    /// Names it.
    pub title: &'static str,
    /// Nothing is chosen yet.
    pub choose: &'static str,
    /// It is being looked into.
    pub looking: &'static str,
    /// It cannot be found any more.
    pub lost: &'static str,
    /// Opens it.
    pub why: &'static str,
    /// Opens that of the last refusal of a shard: which one.
    pub why_shard: fn(&str) -> String,
    /// The person at the console.
    pub person: &'static str,
    /// Whoever called.
    pub anybody: &'static str,
    /// So many records, bytes, calls.
    pub amounts: [fn(&str) -> String; 3],
    /// When, shard, stream, whose, how much.
    pub lead: fn(&str, &str, &str, &str, &str) -> String,
    /// A producer, a consumer, by its name.
    pub clients: [fn(&str) -> String; 2],
    /// In short: too much of one key: how many times too much, percent, key.
    pub short_hot: fn(&str, &str, &str) -> String,
    /// Too much of many keys: how many times.
    pub short_even: fn(&str) -> String,
    /// No more than fits, but too much at once.
    pub short_burst: &'static str,
    /// Calls of readers, bytes read, calls for iterators.
    pub short_reads: [&'static str; 3],
    /// What each bucket allows a second, and holds at most: records written, bytes written, calls
    /// of readers, bytes read, calls for iterators.
    pub rules: [fn(&str, &str) -> String; 5],
    /// Above the arithmetic.
    pub arithmetic: &'static str,
    /// How much the bucket held, of how much.
    pub held: fn(&str, &str) -> String,
    /// How much it owed.
    pub owed: fn(&str) -> String,
    /// How much came, how much of it fitted, how much was refused.
    pub came: fn(&str, &str, &str) -> String,
    /// All that came was refused.
    pub came_in_vain: fn(&str) -> String,
    /// How much fits after which wait, and when.
    pub fits: fn(&str, &str, &str) -> String,
    /// The bucket is out of debt after which wait, and when.
    pub debt_paid: fn(&str, &str) -> String,
    /// Names the drawing.
    pub figure: &'static str,
    /// The drawing for whoever does not see it: level at first, lowest, just before.
    pub figure_twin: fn(&str, &str, &str) -> String,
    /// The most that the bucket holds.
    pub full: fn(&str) -> String,
    /// The line in time.
    pub refusal: &'static str,
    /// Above those who drank.
    pub drinkers: &'static str,
    /// Who, asked for, got, refused.
    pub drinker_columns: [&'static str; 4],
    /// How much came in within those seconds, how much was asked for, how many times that is.
    pub too_much: fn(&str, &str, &str) -> String,
    /// How much came in within those seconds, how much was asked for.
    pub enough: fn(&str, &str) -> String,
    /// Above the keys.
    pub keys: &'static str,
    /// What a key is for.
    pub key_rule: &'static str,
    /// All have one key: which.
    pub one_key: fn(&str) -> String,
    /// How many keys, the heaviest, its part in percent.
    pub hot_key: fn(&str, &str, &str) -> String,
    /// How many keys, the part of the heaviest in percent.
    pub even_keys: fn(&str, &str) -> String,
    /// Above what AWS says.
    pub aws: &'static str,
    /// Names the link to the documentation.
    pub documentation: &'static str,
    /// Above the remedies.
    pub remedies: &'static str,
    /// How they were tried: how long before the refusal, for how long.
    pub tried: fn(&str, &str) -> String,
    /// There are none.
    pub no_remedies: &'static str,
    /// One is being tried.
    pub trying: &'static str,
    /// Enters a remedy's lines.
    pub try_here: &'static str,
    /// That was done.
    pub entered: &'static str,
    /// Names and explanations, in the order of `insight::remedy::Fix`.
    pub fixes: [(&'static str, &'static str); 11],
    /// How well it helped: stops it, helps, does not, makes it worse.
    pub verdicts: [&'static str; 4],
    /// What was measured: refused, refused a second at the end, given up, behind, open shards,
    /// registered consumers, waiting to be sent again.
    pub measures: [&'static str; 7],
    /// So many a second.
    pub per_second: fn(&str) -> String,
    /// A line did not work: what it printed.
    pub failed: fn(&str) -> String,
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Receipt; 2] = [en::RECEIPT, ko::RECEIPT];

/// The words that lead to a receipt, by themselves: the console has them before any panel is there.
pub static WHY: [&str; 2] = [en::RECEIPT.why, ko::RECEIPT.why];
