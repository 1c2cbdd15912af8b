//! English.

use super::panel;
use super::share;
use super::{Clock, Console, Failure, Gallery, Header, Legend, Player, Stage, Text, Totals};

/// English.
pub const TEXT: Text = Text {
    tag: "en",
    name: "English",
    title: "Shardlab: a Kinesis stream you can run",
    header: Header {
        claim: "A Kinesis stream you can run",
        language: "Language",
        theme: "Theme",
        theme_system: "System",
        theme_light: "Light",
        theme_dark: "Dark",
    },
    gallery: Gallery {
        open: "Scenarios",
        note: "Each begins a new run. Go back in the browser to come back to this one.",
    },
    player: Player {
        label: "Player",
        play: "Play",
        pause: "Pause",
        step: "Step",
        step_hint: "To the next thing that happens",
        speed: "Speed",
        back: "Back",
        back_hint: "To the last thing that happened",
        scrubber: "Place in the run",
        marks: ["lines", "refusals", "reshards", "expiries", "losses"],
        skip: "Skip to next",
        refusal: "refusal",
        expiry: "expiry",
        status_change: "status change",
        stop: "Stop",
        branches: "Branches",
        branch_name: "Name of this branch",
        branch: "Branch here",
        branch_hint: "Try something else from here; what came later stays on its own branch",
    },
    clock: Clock {
        label: "Simulated time",
        elapsed: |time| format!("{time} elapsed"),
        true_speed: |speed| format!("reaches {speed}"),
        skipping: "skipping ahead",
    },
    stage: Stage {
        label: "Streams and their shards",
        summary: |streams, shards, refused| {
            format!("Streams: {streams}. Open shards: {shards}. Records refused so far: {refused}.")
        },
        hottest: |stream, shard, records, window| {
            format!("Most in the last {window}: {shard} of {stream}, {records} refused.")
        },
        empty: "No stream yet. Type a line in the console, or wait for the scenario.",
        refused: |records| format!("{records} records refused."),
        lost: |records| format!("{records} records lost."),
        legend: Legend {
            label: "Legend",
            records: "record: color and shape of its partition key",
            height: "full height: the shard's write limit",
            refused: "refused or lost",
            fading: "expires unread at this pace",
            shared: "shared consumers: one pipe of 2 MiB/s for all",
            enhanced: "enhanced fan-out: a pipe each",
            locked: "encrypted with KMS",
            twice: "sent twice",
            hatched: "nothing to read here",
        },
    },
    totals: Totals {
        label: "Records so far",
        offered: "offered",
        accepted: "accepted",
        throttled: "throttled",
        read: "read",
        lost: "lost",
        expired: "expired",
        digest: "Digest",
        digest_hint: "One hash of the whole state: equal for the same lines on every machine",
    },
    console: Console {
        label: "Console",
        log: "Lines and answers",
        prompt: "Line",
        placeholder: "aws kinesis list-streams",
        enter: "Enter",
        hint: "lab help lists the commands. Here: Tab completes, ↑ recalls, Ctrl+R searches. \
               Elsewhere: / types here, Space plays and pauses, . and , step.",
        more: |characters| format!("… {characters} more characters"),
        forgotten: |lines| format!("Earlier lines no longer shown: {lines}"),
        tries: "Try",
        popup: "Candidates",
        candidates: |count| format!("{count} candidates, arrow keys choose"),
        search: "Search earlier lines",
        not_found: "not found",
        in_progress: "In progress:",
        waiting: |lines| format!("lines waiting: {lines}"),
        stop: "Stop",
        branched: |name| format!("Entered in the past: {name} begins here."),
        unloaded: "What is needed next, a part of the console or of the data, could not be \
                   loaded. Time and lines wait for it; it is tried again every five seconds.",
        file: |name| format!("Lines can use this file as file://{name} or fileb://{name}."),
        file_too_large: |name, most| {
            format!("{name} is too large for file://: a record has {most} MiB at most.")
        },
        survey: "“Your data” can survey it, of any size, and size a stream for it.",
        survey_yes: "Survey it",
        file_unreadable: |name| {
            format!("{name} could not be read. Drop files, not folders, and try again.")
        },
    },
    failure: Failure {
        fetch: |file, reason| format!("{file} could not be loaded: {reason}."),
        advice: "Shardlab needs its own files beside the page. Look whether the web server has \
                 them and whether you are online, then try again. The console works without them.",
        retry: "Try again",
        little_room: |retained, most| {
            format!("Paused: {retained} records are retained. Your browser gets room for {most}.")
        },
        no_room: |most| format!("Time stands still: {most} records fill the memory."),
        room_advice: "Stop producers (lab producer NAME --stop) or delete a stream before you play \
                      on, or reload the page to begin anew.",
    },
    panel: panel::ENGLISH,
    share: share::ENGLISH,
};
