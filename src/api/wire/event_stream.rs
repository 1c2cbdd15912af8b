//! Frames of `application/vnd.amazon.eventstream`: headers and a payload between two checksums.
//!
//! Read first: <https://smithy.io/2.0/aws/amazon-eventstream.html>.

use crc::{CRC_32_ISO_HDLC, Crc};

/// The content type of a response whose body is a series of frames.
pub const MEDIA: &str = "application/vnd.amazon.eventstream";

static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// Bytes of a frame besides its headers and payload: two lengths and two checksums.
const AROUND: usize = 16;
/// A header's value is text.
const TEXT: u8 = 7;

/// Writes an event.
pub fn event(out: &mut Vec<u8>, name: &str, media: &str, payload: &[u8]) {
    let headers = [(":message-type", "event"), (":event-type", name), (":content-type", media)];
    frame(out, headers, payload);
}

/// Writes an exception, which is the last frame of a stream.
pub fn exception(out: &mut Vec<u8>, code: &str, media: &str, payload: &[u8]) {
    let headers =
        [(":message-type", "exception"), (":exception-type", code), (":content-type", media)];
    frame(out, headers, payload);
}

fn frame(out: &mut Vec<u8>, headers: [(&str, &str); 3], payload: &[u8]) {
    let start = out.len();
    let header_bytes: usize = headers.iter().map(|(name, text)| name.len() + text.len() + 4).sum();
    out.extend(length(AROUND + header_bytes + payload.len()));
    out.extend(length(header_bytes));
    out.extend(CRC.checksum(&out[start..]).to_be_bytes());
    for (name, text) in headers {
        out.push(u8::try_from(name.len()).expect("names of headers are short"));
        out.extend(name.as_bytes());
        out.push(TEXT);
        out.extend(u16::try_from(text.len()).expect("headers are short").to_be_bytes());
        out.extend(text.as_bytes());
    }
    out.extend(payload);
    out.extend(CRC.checksum(&out[start..]).to_be_bytes());
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).expect("a push holds at most 10 MiB").to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_its_lengths_and_checksums_where_the_format_says() {
        let mut out = vec![9];
        event(&mut out, "initial-response", "application/x-amz-json-1.1", b"{}");
        let frame = &out[1..];
        let word = |at: usize| u32::from_be_bytes(frame[at..at + 4].try_into().unwrap());
        let (total, headers) = (word(0) as usize, word(4) as usize);
        assert_eq!((total, headers), (frame.len(), total - 16 - 2));
        assert_eq!(word(8), CRC.checksum(&frame[..8]));
        assert_eq!(word(total - 4), CRC.checksum(&frame[..total - 4]));
        assert!(frame[12..].starts_with(b"\x0d:message-type\x07\x00\x05event\x0b:event-type\x07"));
        assert_eq!(&frame[12 + headers..total - 4], b"{}");
    }

    #[test]
    fn the_checksum_is_that_of_zip_files() {
        assert_eq!(CRC.checksum(b"123456789"), 0xcbf4_3926);
    }
}
