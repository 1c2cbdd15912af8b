//! English.

use super::{Answer, Bad, Build, Data, Form, Give, Progress, Reasons, Wishes};

pub(super) const DATA: Data = Data {
    title: "Size a stream with your own data",
    intro: "Drop a CSV, NDJSON or log file here, or choose one. It is read in this browser and \
            never leaves it.",
    choose: "Choose a file",
    several: "One file at a time is surveyed",
    samples: "Or try",
    opening: |name| format!("Opening {name} …"),
    broken: |name, why| format!("{name} could not be read. The browser says: {why}"),
    unreadable: [
        |name| format!("{name} is empty."),
        |name| format!("{name} has a line of column names and no row below it."),
        |how| format!("This file is packed ({how}). Unpack it and drop what was in it."),
        |what| format!("This is a {what} file, not text. Export it as CSV or NDJSON."),
        |name| {
            format!(
                "{name} is one JSON document, not an object a line. This makes lines of an array: \
                 jq -c '.[]' {name} > rows.ndjson"
            )
        },
        |name| {
            format!(
                "{name} is no text: zeros or control characters begin in line 1. Drop CSV, NDJSON \
                 or a log."
            )
        },
    ],
    form: Form {
        title: "The file",
        shape: "Rows are",
        shapes: [
            "CSV with commas",
            "CSV with semicolons",
            "CSV with tabs",
            "CSV with bars (|)",
            "CSV with another delimiter",
            "NDJSON: an object a line",
            "Lines of a log",
        ],
        header: "The first row names the columns",
        key: "Partition key",
        no_key: "none: each record has a key of its own",
        time: "Time",
        no_time: "none: evenly over some hours",
        columns: "Columns and first values",
        heads: ["Column", "Holds", "First values"],
        kinds: ["times", "numbers", "text", "nothing"],
    },
    wishes: Wishes {
        title: "What the stream shall do",
        fields: [
            "Consumers that poll",
            "Fan-out consumers",
            "Retention, hours",
            "Times as fast",
            "Headroom, %",
            "Largest record, KiB",
            "The file is of, hours",
        ],
    },
    progress: Progress {
        label: "Reading the file",
        told: |percent, read, all, records, keys| {
            format!("{percent} %: {read} of {all}, {records} records, {keys} keys")
        },
        stop: "Stop here",
        stopped: |read, all| format!("Stopped at {read} of {all}. This is of what was read."),
        broke: |read, all, why| {
            format!(
                "The browser could read only {read} of {all} ({why}). Was the file moved or \
                 changed? This is of what was read."
            )
        },
    },
    answer: Answer {
        nothing: "No row can be put as a record. Below is why; other columns or another form of \
                  rows may help.",
        shards: |shards| format!("{} enough.", shards_are(shards)),
        uneven: |shards, even| {
            format!(
                "{} needed: {even} if the keys spread evenly, and they do not.",
                shards_are(shards)
            )
        },
        too_hot: |column, keys, shards| {
            format!(
                "The key {column} cannot fit: {} more in one second than a shard takes, however \
                 many shards there are. With salt, {} enough.",
                takes(keys),
                shards_are(shards)
            )
        },
        no_headroom: |column, keys, shards| {
            format!(
                "The key {column} leaves no headroom: {} nearly a whole shard in one second. With \
                 salt, {} enough.",
                takes(keys),
                shards_are(shards)
            )
        },
        not_enough: |tried| {
            format!("Up to {tried} shards are not enough for the keys as they fall.")
        },
        without_key: "Without a key column each record has a key of its own, which spreads evenly.",
        without_time: |hours| {
            format!("Without a time column the file is taken to come evenly over {hours} hours.")
        },
        total: "What was read",
        totals: [
            "Records",
            "Bytes, keys included",
            "Mean record",
            "Largest record",
            "Distinct keys",
            "From",
            "To",
            "Busiest second",
            "Busiest minute, a second of it",
            "Mean second",
        ],
        rate: |records, bytes| format!("{}/s, {bytes}/s", records_of(records)),
        about: |number, percent| format!("about {number} (± {percent} %)"),
        space: "Load over the key space",
        space_of: ["in the busiest second", "over the whole file"],
        space_twin: |percent, shards| {
            if shards == "1" {
                format!("1 shard is {percent} % full.")
            } else {
                format!("The busiest of {shards} equal shards is {percent} % full.")
            }
        },
        limit: "limit of a shard",
        skew: |key, sixteenth| {
            format!(
                "The hottest key has {key} % of the load. The busiest sixteenth of the key space \
                 has {sixteenth} %; 6.25 % would be even."
            )
        },
        time: "Load over time",
        series: ["Bytes/s", "Records/s"],
        step: |secs| {
            let second = if secs == "1" { "second".to_owned() } else { format!("{secs} seconds") };
            format!("Each bar shows the busiest {second} of its time.")
        },
        time_twin: |most, from, to| format!("At most {most}, from {from} to {to}"),
        hottest: "Hottest keys",
        hot_heads: ["Key", "Share", "Records", "Bytes"],
        withheld: "(not told)",
        sketched: |most| {
            format!(
                "There are too many keys to count each. A number may lack up to {most}; a key that \
                 is not listed has no more than that."
            )
        },
        more: |count| format!("{count} hottest keys"),
        costs: "What a month costs",
        costs_note: "If the data went on like this for 730 hours.",
        total_cost: ["a month", "cheapest"],
    },
    reasons: Reasons {
        title: "Why",
        heads: ["Limit", "What asks for it", "Shards"],
        names: ["Bytes in", "Records in", "Reads", "Even keys", "Your keys"],
        at: |time| format!("at {time}"),
        evenly: "evenly",
        bytes: |rate, when, headroom| {
            format!("{rate}/s {when}; a shard takes 1 MiB/s, {headroom} % of it kept free")
        },
        records: |rate, when, headroom| {
            format!(
                "{}/s {when}; a shard takes 1,000, {headroom} % of it kept free",
                records_of(rate)
            )
        },
        reads: |rate, consumers| {
            format!(
                "{rate}/s in the busiest minute for each that polls ({consumers}); a shard gives \
                 2 MiB/s to all of them"
            )
        },
        no_reads: "nobody polls",
        even: "the most of the three",
        fullest: |even, percent, when| {
            let equal =
                if even == "1" { "1 shard".to_owned() } else { format!("{even} equal shards") };
            format!("the fullest of {equal} would be {percent} % full {when}")
        },
        no_key: "each record has its own",
        none: "none is enough",
        hottest: |key, percent, rate, when| {
            format!("Hottest in one second: {key} takes {percent} % of a shard ({rate}, {when}).")
        },
        salt: |suffixes, keys, shards| {
            format!(
                "Salt: give {} {suffixes} suffixes in turn (key-0, key-1, …). Then {} enough. \
                 Records of a salted key keep their order only within a suffix.",
                if keys == "1" { "that key".to_owned() } else { format!("those {keys} keys") },
                shards_are(shards)
            )
        },
        splits: |split, even| {
            format!(
                "Split points: with borders between the heavy keys the fullest shard is {split} % \
                 full at the peak, with equal ranges {even} %."
            )
        },
        starts: "Where shards begin",
        bursts: |tank, minute| {
            format!(
                "An idle shard saves up to 10 MiB for a burst: with that, {tank} could do for \
                 bytes alone. Evened out over the busiest minute, {minute} would do."
            )
        },
        polls: |millis| {
            format!("A shard answers 5 calls a second: each consumer can poll every {millis} ms.")
        },
        unknown: |steps| {
            format!("In {steps} quieter steps only sums were kept; their keys count as even.")
        },
    },
    bad: Bad {
        title: |rows| format!("Rows that were left out: {rows}"),
        heads: ["Why", "Rows", "Lines"],
        reasons: [
            "not as many cells as columns",
            "a quote that is never closed, or text behind one",
            "no JSON object",
            "bytes that are no character",
            "no key",
            "a key of more than 256 characters",
            "no time that can be read",
            "larger than a record may be",
        ],
        ends: |ends| format!("Lines end in several ways, which does no harm: {ends}."),
        most: "Most rows were left out. Look whether rows, key and time are chosen right above.",
    },
    build: Build {
        title: "Build it",
        how: "As",
        ways: ["equal shards", "balanced shards", "on-demand"],
        copy: "Copy",
        copied: "Copied",
        code: "Commands",
    },
    give: Give {
        replay: "Replay into a stream here",
        replay_note: "Creates the stream in the picture and puts the rows at the pace of their \
                      times.",
        reading: "Reading …",
        entered: |stream| format!("Entered: the stream {stream} and its replay."),
        part: |from, to, rows| {
            format!(
                "The file has more than 10 MiB, so {rows} rows around the peak are replayed: from \
                 {from} to {to}."
            )
        },
        first: |rows| {
            format!("The file has more than 10 MiB, so its first {rows} rows are replayed.")
        },
        rewritten: "Its rows are written as CSV with key, time and row, which makes records \
                    somewhat larger.",
        excerpt: |file| format!("Download {file} as it is replayed"),
        excerpt_note: "Whoever opens a link to this run is asked for it.",
        no_part: "No row can be replayed.",
        title: "Hand it on",
        note: "A link or file holds this answer, not the data.",
        keys: "Name the keys in it",
        link: "Link to this answer",
        file: "Download the answer",
        print: "Print",
        shared: |version| {
            format!("This answer was made elsewhere, by Shardlab {version}. The data is not in it.")
        },
        no_report: [
            "This answer was made by a newer Shardlab. Reload the page to get that.",
            "The link to this answer was cut or altered on its way. Ask for the whole link, or for \
             the file.",
            "This is longer than any answer. Ask for another link.",
            "This link is whole, but holds no answer that makes sense.",
            "This browser cannot unpack the link.",
        ],
    },
};

fn records_of(count: &str) -> String {
    if count == "1" { "1 record".to_owned() } else { format!("{count} records") }
}

fn shards_are(count: &str) -> String {
    if count == "1" { "1 shard is".to_owned() } else { format!("{count} shards are") }
}

fn takes(keys: &str) -> String {
    if keys == "1" {
        "1 of its values takes".to_owned()
    } else {
        format!("{keys} of its values take")
    }
}
