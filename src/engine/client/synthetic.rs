//! The bytes of a synthetic record, made again from its number whenever somebody looks.

use crate::engine::rng::split_mix;

/// Letters that pad a record; 32, so that five random bits choose one.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";

/// The data of a producer's record: JSON of exactly `size` bytes, as far as that many can be JSON.
///
/// ```
/// use shardlab::engine::client::synthetic::data;
///
/// let text = String::from_utf8(data("web", 17, 7, 64)).expect("JSON is text");
/// assert!(text.starts_with(r#"{"producer":"web","n":17,"text":""#), "{text}");
/// assert_eq!(text.len(), 64);
/// ```
pub fn data(producer: &str, number: u32, salt: u64, size: u32) -> Vec<u8> {
    let size = size as usize;
    let head = format!(r#"{{"producer":"{producer}","n":{number},"text":""#);
    let tail = "\"}";
    if let Some(padding) = size.checked_sub(head.len() + tail.len()) {
        let mut data = head.into_bytes();
        data.reserve_exact(size - data.len());
        pad(&mut data, padding, salt ^ u64::from(number));
        data.extend_from_slice(tail.as_bytes());
        return data;
    }
    let mut data = format!(r#"{{"n":{number}}}"#).into_bytes();
    if data.len() > size {
        data = number.to_string().into_bytes();
    }
    data.resize(size, b' ');
    data
}

fn pad(data: &mut Vec<u8>, count: usize, mut word: u64) {
    for start in (0..count).step_by(12) {
        let bits = split_mix(&mut word);
        let letters = (0..12.min(count - start)).map(|letter| (bits >> (5 * letter)) & 31);
        data.extend(letters.map(|place| LETTERS[usize::try_from(place).expect("below 32")]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_have_the_size_asked_for_and_come_again() {
        for size in [1, 2, 8, 9, 33, 34, 35, 46, 47, 48, 1_024] {
            let made = data("web", 1_234, 9, size);
            assert_eq!(made.len(), size as usize);
            assert_eq!(made, data("web", 1_234, 9, size));
            if size >= 10 {
                serde_json::from_slice::<serde_json::Value>(&made).expect("JSON");
            }
        }
        assert_ne!(data("web", 1, 9, 100), data("web", 2, 9, 100));
    }
}
