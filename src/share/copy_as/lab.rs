//! What `lab` lines stand for: AWS has no such command, but there is something that does it.

use crate::console::lab::quantity;
use crate::engine::time::whole_micros;

/// What each verb stands for, and what does it on AWS.
const NOTES: &[(&str, &str)] = &[
    (
        "producer",
        "A producer is an application that puts records; AWS has no command that starts one.\n\
         Write it with an SDK (PutRecord, PutRecords) or the Kinesis Producer Library (KPL),\n\
         or let the Kinesis Agent send a log file.",
    ),
    (
        "replay",
        "A replay puts the rows of a file as records; AWS has no command that does.\n\
         Read the file with an SDK and call PutRecords, or let the Kinesis Agent send it.",
    ),
    (
        "consumer",
        "A consumer is an application that reads records; AWS has no command that starts one.\n\
         Write it with the Kinesis Client Library (KCL), let AWS Lambda call a function, or \
         use an\n\
         SDK: GetRecords to poll, RegisterStreamConsumer and SubscribeToShard for \
         enhanced fan-out.",
    ),
    (
        "fault",
        "A fault loses answers on their way back, as a bad network does; AWS has no command for\n\
         that. Its Fault Injection Service can make a stream refuse calls instead.",
    ),
    (
        "burst-tank",
        "How much an idle shard takes at once is AWS's own affair: there is no call that sets it.",
    ),
    ("iam", "Users and policies are made with `aws iam`, not with `aws kinesis`."),
    ("cloudtrail", "AWS CloudTrail lists calls with `aws cloudtrail lookup-events`."),
    ("status", "Shardlab's own look at everything; AWS has a describe call for each part of it."),
    ("start", "Begins a world with its own seed and date; AWS has but one."),
    ("request", "A request as it goes over the wire; copy it as HTTP from its `aws` line."),
];

/// What a verb stands for.
pub fn note(verb: &str) -> &'static str {
    let found = NOTES.iter().find(|(name, _)| *name == verb);
    found.map_or("This is Shardlab's own; AWS has no such command.", |(_, note)| note)
}

/// The microseconds of `wait 10s`; `None` if these words are anything else.
pub fn wait(words: &[String]) -> Option<u64> {
    match words {
        [verb, time] if verb == "wait" => quantity::duration(time).ok().map(whole_micros),
        _ => None,
    }
}

/// The microseconds of `10`, `0.5`, `1m`: the words after `sleep`, if it is one.
pub fn sleep(words: &[String]) -> Option<u64> {
    let [time] = words else { return None };
    let with_unit = if time.ends_with(|unit: char| unit.is_ascii_digit()) {
        format!("{time}s")
    } else {
        time.clone()
    };
    quantity::duration(&with_unit).ok().map(whole_micros)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::lab::VERBS;

    #[test]
    fn every_note_is_about_a_verb() {
        for (name, _) in NOTES {
            assert!(VERBS.iter().any(|verb| verb.name == *name), "{name}");
        }
        assert_eq!(sleep(&["1.5m".to_owned()]), Some(90_000_000));
    }
}
