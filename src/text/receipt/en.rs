//! English.

use super::Receipt;

pub(super) const RECEIPT: Receipt = Receipt {
    title: "Why was this refused?",
    choose: "Choose a refusal: click a red mark in the picture, or “Why?” in the tables or below \
             an answer in the console.",
    looking: "Going back to look …",
    lost: "This refusal cannot be found again: the run has gone another way since.",
    why: "Why?",
    why_shard: |shard| format!("Why did {shard} refuse?"),
    person: "you",
    anybody: "calls that were answered",
    amounts: [
        |count| if count == "1" { "1 record".into() } else { format!("{count} records") },
        |bytes| bytes.into(),
        |count| if count == "1" { "1 call".into() } else { format!("{count} calls") },
    ],
    lead: |time, shard, stream, who, amount| {
        format!("At {time}, {shard} of the stream {stream} refused {amount} of {who}.")
    },
    clients: [|name| format!("the producer {name}"), |name| format!("the consumer {name}")],
    short_hot: |times, percent, key| {
        format!(
            "In short: {times} times as much came as one shard takes, and {percent} % of what it \
             stored has one partition key, {key}, which always leads to this shard."
        )
    },
    short_even: |times| {
        format!(
            "In short: {times} times as much came as one shard takes. No single key is to blame: \
             it needs more shards, or fewer records."
        )
    },
    short_burst: "In short: it came in a burst, more at once than the shard had left.",
    short_reads: [
        "In short: those who poll this shard ask more often, all together, than it answers.",
        "In short: those who poll this shard were given more, all together, than it hands out in \
         the time, and now wait until that is paid off.",
        "In short: iterators were asked for more often than a shard gives them.",
    ],
    rules: [
        |rate, full| {
            format!(
                "A shard is one lane of a stream, and it takes at most {rate} a second. Picture a \
                 bucket that holds {full}: each record that is stored takes one out, and {rate} \
                 flow back in every second. When the bucket is empty, the shard refuses."
            )
        },
        |rate, full| {
            format!(
                "A shard is one lane of a stream, and it takes at most {rate} a second. Picture a \
                 tank of {full}: each record that is stored takes its size out, and {rate} flow \
                 back in every second. A full tank lets a burst pass; then the shard refuses what \
                 the tank does not hold."
            )
        },
        |rate, full| {
            format!(
                "A shard answers at most {rate} of GetRecords a second, and everybody who polls \
                 shares them. Picture a bucket that holds {full}: each answer takes one out, and \
                 {rate} flow back in every second."
            )
        },
        |rate, _| {
            format!(
                "A shard hands out at most {rate} a second, and everybody who polls shares them. \
                 One answer may be larger, up to 10 MiB, and is paid for afterwards: until all of \
                 it has flowed back in, the shard refuses everybody who polls."
            )
        },
        |rate, _| {
            format!(
                "A shard answers at most {rate} of GetShardIterator a second. Ask once, and go on \
                 with the NextShardIterator of each answer."
            )
        },
    ],
    arithmetic: "The arithmetic",
    held: |level, full| format!("Just before, the bucket held {level} of {full}."),
    owed: |debt| format!("Just before, the bucket owed {debt}."),
    came: |all, taken, refused| {
        format!("Then {all} came at once: {taken} fitted, {refused} had to be refused.")
    },
    came_in_vain: |all| format!("Then {all} came, and did not fit."),
    fits: |asked, wait, time| {
        format!("There was room for {asked} again {wait} later, at {time}, if nobody came first.")
    },
    debt_paid: |wait, time| format!("The debt was paid {wait} later, at {time}."),
    figure: "How full the bucket was: 2 seconds before, half a second after",
    figure_twin: |first, lowest, before| {
        format!("At first {first}, at the lowest {lowest}, just before the refusal {before}.")
    },
    full: |amount| format!("full: {amount}"),
    refusal: "refused",
    drinkers: "Who drank from it in these 2 seconds",
    drinker_columns: ["Who", "Asked for", "Got", "Refused"],
    too_much: |room, asked, times| {
        format!(
            "In 2 seconds {room} flow in, but {asked} were asked for: {times} times as much as \
             there can be. Whatever was left from before is soon gone, and the rest is refused."
        )
    },
    enough: |room, asked| {
        format!(
            "In 2 seconds {room} flow in, and no more than {asked} were asked for: that would fit, \
             had it not come so much at once, or so soon after more."
        )
    },
    keys: "Which partition keys brought it",
    key_rule: "Each record carries a partition key, and the key alone decides which shard it goes \
               to: the same key, always the same shard.",
    one_key: |key| {
        format!("All of it has one key, {key}. So more shards do not help: only other keys do.")
    },
    hot_key: |count, key, percent| {
        format!(
            "Of {count} keys one alone, {key}, brings {percent} % of what this shard stored: a hot \
             key makes a hot shard. A split can part it from the others, but cannot divide it."
        )
    },
    even_keys: |count, percent| {
        format!(
            "{count} keys, none of them above {percent} %: no key is to blame, it is simply too \
             much for one shard. A split divides them."
        )
    },
    aws: "What AWS says",
    documentation: "Limits in the AWS documentation",
    remedies: "What helps?",
    tried: |before, lasted| {
        format!(
            "Each was tried on a copy of this run, from {before} before the refusal on, for \
             {lasted} of simulated time. Your own run goes on untouched."
        )
    },
    no_remedies: "There is nothing here that a line could change.",
    trying: "is being tried …",
    try_here: "Try it here",
    entered: "Entered into your run.",
    fixes: [
        ("As it is", "What the others are compared with."),
        (
            "Split the shard",
            "Two shards take its place, each with a limit of its own. The border lies where both \
             get as nearly as much as these 2 seconds allow.",
        ),
        (
            "Other keys",
            "The same records with keys of which none is popular: they spread over all shards. \
             Order is kept within a key only, so choose with care.",
        ),
        (
            "Twice the shards",
            "Every shard is divided in the middle of its keys. It costs twice as much, and a key \
             that is too hot for one shard stays so.",
        ),
        (
            "Wait, then send again",
            "Up to 10 attempts after ever longer waits. That carries a burst over to quieter \
             seconds; against a lasting overload it only adds attempts.",
        ),
        (
            "On-demand mode",
            "AWS chooses the number of shards by what was written. It takes minutes to see and to \
             grow, so a first minute shows little, and one hot key stays hot.",
        ),
        (
            "Enhanced fan-out for this reader",
            "It registers and is pushed its records through a pipe of its own, 2 MiB/s a shard. \
             Others share what it leaves. It costs extra.",
        ),
        (
            "Enhanced fan-out for all",
            "Every reader has a pipe of its own, 2 MiB/s a shard, and nobody polls. It costs \
             extra for each.",
        ),
        (
            "Poll less often",
            "Everybody shares the calls. Fewer of them with more records each read as much, a \
             little later.",
        ),
        (
            "Ask for fewer records",
            "Answers below what a second gives leave no debt behind, so others get their turn.",
        ),
        ("One reader less", "Whoever drank most besides this one is stopped."),
    ],
    verdicts: ["stops it", "helps", "does not help", "makes it worse"],
    measures: [
        "refused",
        "a second at the end",
        "given up for good",
        "farthest behind",
        "open shards",
        "registered consumers",
        "still waiting to be sent again",
    ],
    per_second: |count| format!("{count}/s"),
    failed: |words| format!("AWS answers: {words}"),
};
