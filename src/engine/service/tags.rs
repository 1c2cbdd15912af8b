//! Tags of streams and consumers.

use super::Service;
use super::fan_out::ConsumerId;
use super::limits::TAGS;
use super::names::StreamId;
use crate::engine::refusal::Refusal;
use crate::engine::sorted::SortedMap;
use std::rc::Rc;

/// Tags by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tags(pub SortedMap<Rc<str>, Rc<str>>);

/// What carries tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tagged {
    /// A stream.
    Stream(StreamId),
    /// A registered consumer of a stream.
    Consumer(StreamId, ConsumerId),
}

impl Tags {
    /// Tags of keys and values, whose lengths were checked where they came in (1 to 128 and 0 to
    /// 256 characters).
    ///
    /// Refuses other characters than letters, digits, white space and `_ . : / = + - % @`, and keys
    /// that begin with `aws:`, which AWS keeps for itself.
    pub fn checked<'a>(
        tags: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Refusal> {
        let mut checked = SortedMap::default();
        for (key, value) in tags {
            let reserved = key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
            if reserved || !key.chars().chain(value.chars()).all(is_allowed) {
                return Err(Refusal::InvalidTag);
            }
            checked.insert(key.into(), value.into());
        }
        Ok(Self(checked))
    }

    /// Both together; the values of `more` win.
    fn with(&self, more: &Self) -> Self {
        let mut both = self.0.clone();
        for (key, value) in more.0.iter() {
            both.insert(key.clone(), value.clone());
        }
        Self(both)
    }
}

impl Service {
    /// The tags of something that exists.
    pub fn tags(&self, tagged: Tagged) -> &Tags {
        let stream = |id| self.stream(id).expect("whoever asks for tags found their stream");
        match tagged {
            Tagged::Stream(id) => &stream(id).tags,
            Tagged::Consumer(id, consumer) => {
                let consumer = stream(id).consumers.get(consumer);
                &consumer.expect("whoever asks for tags found their consumer").tags
            }
        }
    }

    /// Adds tags; those whose key exists get the new value. All or none are added.
    pub fn add_tags(&mut self, tagged: Tagged, tags: &Tags) -> Result<(), Refusal> {
        let both = self.tags(tagged).with(tags);
        if both.0.len() as u64 > TAGS.value {
            let (Tagged::Stream(id) | Tagged::Consumer(id, _)) = tagged;
            let stream = self.stream(id).expect("its tags were just read");
            return Err(Refusal::TooManyTags(stream.name.clone()));
        }
        *self.tags_mut(tagged) = both;
        Ok(())
    }

    /// Takes tags off; keys that are not there do not matter.
    pub fn remove_tags<'a>(&mut self, tagged: Tagged, keys: impl IntoIterator<Item = &'a str>) {
        let tags = self.tags_mut(tagged);
        for key in keys {
            tags.0.remove(key);
        }
    }

    fn tags_mut(&mut self, tagged: Tagged) -> &mut Tags {
        let (Tagged::Stream(id) | Tagged::Consumer(id, _)) = tagged;
        let stream = self.stream_mut(id).expect("whoever changes tags found their stream");
        match tagged {
            Tagged::Stream(_) => &mut stream.tags,
            Tagged::Consumer(_, consumer) => {
                let consumer = stream.consumers.get_mut(consumer);
                &mut consumer.expect("whoever changes tags found their consumer").tags
            }
        }
    }
}

fn is_allowed(character: char) -> bool {
    let is_sign = matches!(character, '_' | '.' | ':' | '/' | '=' | '+' | '-' | '%' | '@');
    is_sign || character.is_alphanumeric() || character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_letters_of_every_script_and_few_signs() {
        for (key, value) in
            [("team", "결제"), ("a:b/c", ""), ("cost center", "50% + 1 @ home_x.y=z")]
        {
            assert!(Tags::checked([(key, value)]).is_ok(), "{key}");
        }
        for (key, value) in [("aws:x", ""), ("AWS:x", ""), ("a", "b!"), ("a#", "")] {
            assert_eq!(Tags::checked([(key, value)]), Err(Refusal::InvalidTag), "{key}");
        }
    }
}
