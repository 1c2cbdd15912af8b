//! Who puts records into a stream: names and rates above the chute in which the records come.

use super::flights::passed;
use super::frame::Frame;
use super::picture::{Picture, Style};
use super::place::Source;
use super::shape::{Anchor, Form, Ink, rect};
use super::words::{fitted, short};
use super::world::World;
use crate::engine::actor::ActorId;
use crate::engine::service::stream::Stream;
use crate::engine::time::whole_micros;
use std::time::Duration;

/// Over how much time rates are measured at least: what jitters cannot be read.
const MEASURED: Duration = Duration::from_secs(4);
/// How high a producer's place is.
const PLACE: i32 = 16;
/// How far what is sent twice falls before it is lost among the others.
const FALL: i32 = 40;
/// How wide a producer's place is at most.
const WIDEST: i32 = 132;
/// Producers that get a place each.
const PLACES: usize = 3;

/// Lays out the producers of a stream from the end of its head to the left, and says where the
/// leftmost begins.
pub fn lay_out(
    world: &World,
    frame: &Frame,
    stream: &Stream,
    top: i32,
    picture: &mut Picture,
) -> (i32, Source) {
    let columns = frame.columns;
    let span = frame.view.second().max(MEASURED);
    let flows = &world.history.flows;
    let producers = world.simulation.clients().producers();
    let found = producers.filter_map(|producer| {
        let records = flows.put(stream.id, producer.id())?.within(world.simulation.now(), span);
        Some((producer, records))
    });
    let mut source = Source { y: top + PLACE, places: Vec::new() };
    let mut end = columns.pipes - 2;
    let (mut others, mut rest) = (0_u64, 0);
    for (number, (producer, records)) in found.enumerate() {
        if !columns.is_roomy || number >= PLACES {
            (others, rest) = (others + 1, rest + records);
            continue;
        }
        let pending = producer.counters().pending();
        let waiting = if pending == 0 { String::new() } else { format!(" +{}", short(pending)) };
        let text = format!("{} {}{waiting}", producer.name(), rate(records, span));
        let width = place(&text, (top, end), picture);
        source.places.push((end - width / 2, producer.id()));
        lay_repeated(world, frame, (end - width / 2, top + PLACE), producer.id(), picture);
        end -= width + 4;
    }
    if others > 0 {
        let text = rate(rest, span);
        let text = if columns.is_roomy { format!("+{others} {text}") } else { text };
        end -= place(&text, (top, end), picture) + 4;
    }
    (end, source)
}

/// What a producer sends again though it has been stored falls as pairs. It cannot know into which
/// shard, so the pairs end where the ways to the lanes begin.
fn lay_repeated(
    world: &World,
    frame: &Frame,
    (x, y): (i32, i32),
    producer: ActorId,
    picture: &mut Picture,
) {
    let Some(flight) = frame.view.flight() else { return };
    let Some(flow) = world.history.flows.repeated(producer) else { return };
    let now = world.simulation.now();
    for packet in flow.packets(now.before(flight)).0 {
        let y = y + FALL * passed(now, packet.at, flight) / 1_000;
        picture.mark((x - 3, y), 4, Form::Square, Ink::Text);
        picture.mark((x + 3, y + 3), 4, Form::Square, Ink::Text);
    }
}

/// Writes a text into a place that ends somewhere; says how wide it is.
fn place(text: &str, (top, end): (i32, i32), picture: &mut Picture) -> i32 {
    let text = fitted(text, WIDEST - 10);
    let width = 6 * i32::try_from(text.chars().count()).unwrap_or(0) + 10;
    picture.fill(rect(end - width, top, width, PLACE), Ink::Lane);
    picture.fill(rect(end - width, top + PLACE - 1, width, 1), Ink::Gauge);
    let style = Style::NOTE.inked(Ink::Text).anchored(Anchor::Middle);
    picture.write((end - width / 2, top + PLACE / 2), text, style);
    width
}

/// `2,500/s`: two digits that say something.
pub fn rate(records: u64, span: Duration) -> String {
    let tenths = u128::from(records) * 10_000_000 / u128::from(whole_micros(span).max(1));
    let tenths = u64::try_from(tenths).unwrap_or(u64::MAX);
    if tenths < 100 {
        return format!("{}.{}/s", tenths / 10, tenths % 10);
    }
    let (mut whole, mut unit) = (tenths / 10, 1);
    while whole >= 100 {
        (whole, unit) = (whole / 10, unit * 10);
    }
    format!("{}/s", short(whole * unit))
}
