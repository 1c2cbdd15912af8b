//! The headers of a response: they follow from the world, so a replay prints them again.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Request;
use crate::api::words::java_date;
use crate::engine::Simulation;
use crate::engine::digest::digest;
use crate::engine::rng::Rng;

/// The headers that every response has: two identifiers of the request, and the simulated date.
///
/// Clients compare the date with their own clock to sign requests with the service's.
pub fn common(sim: &Simulation, request: &Request<'_>) -> Vec<(&'static str, String)> {
    let asked = (sim.service().secret(), sim.now(), sim.requests_made());
    let mut words = Rng::seeded(digest(&(asked, request.target, request.body.len() as u64)));
    let id = format!("{:016x}{:016x}", words.next_u64(), words.next_u64());
    let parts = [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]];
    let long_id: Vec<u8> = (0..9).flat_map(|_| words.next_u64().to_be_bytes()).collect();
    vec![
        ("x-amzn-RequestId", parts.join("-")),
        ("x-amz-id-2", STANDARD.encode(long_id)),
        ("Date", date(sim)),
    ]
}

/// `Wed, 15 Jan 2020 05:31:22 GMT`.
pub fn date(sim: &Simulation) -> String {
    let date = java_date(sim.now());
    let words: Vec<&str> = date.split(' ').collect();
    let [weekday, month, day, clock, _, year] = words[..] else {
        unreachable!("a date has six words");
    };
    format!("{weekday}, {day} {month} {year} {clock} GMT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Instant;

    #[test]
    fn identifiers_are_shaped_as_the_services_and_differ_from_request_to_request() {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let request = Request::json("Kinesis_20131202.ListStreams", b"{}");
        let first = common(&sim, &request);
        assert_eq!(common(&sim, &request), first);
        let (id, long_id) = (&first[0].1, &first[1].1);
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!((lengths, long_id.len()), (vec![8, 4, 4, 4, 12], 96));
        assert_eq!(first[2].1, "Fri, 20 Nov 2026 00:00:00 GMT");
        sim.request(|_, _| ());
        assert_ne!(common(&sim, &request)[0], first[0]);
    }
}
