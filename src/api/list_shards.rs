//! `ListShards`: lists a stream's shards, open and closed, until their records expire.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Choice, Kind, Pages, Param, Shape, Token};
use crate::api::next_token::NextToken;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::names::{ShardId, StreamName};
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;
use crate::engine::time::Instant;

pub(super) const ROW: Row = Row {
    doc: "Lists a stream's shards, open and closed, until their records expire.",
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "MaxResults",
        implied: &[
            "StreamName",
            "StreamARN",
            "ExclusiveStartShardId",
            "StreamCreationTimestamp",
            "ShardFilter",
        ],
        results: &[&["Shards"]],
        rest: &[],
    }),
    operation: Operation {
        name: "ListShards",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "ListShards",
            members: &[
                params::STREAM_NAME,
                params::NEXT_TOKEN,
                Param::optional("ExclusiveStartShardId", params::NAME),
                Param::optional("MaxResults", params::PAGE_LENGTH),
                params::STREAM_CREATION_TIMESTAMP,
                Param::optional("ShardFilter", Kind::Structure(&SHARD_FILTER)),
                params::STREAM_ARN,
            ],
            checked: &["ExclusiveStartShardId", "MaxResults", "NextToken", "StreamName"],
        },
        call: Some(list_shards),
    },
};

/// Shards of a page, whatever was asked for.
const PAGE_MAX: usize = 1_000;

fn list_shards(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let (name, filter, after) = where_to_start(sim, input)?;
    let stream = sim.service().stream_named(&name);
    let stream = stream.map_err(|refusal| words::refused(sim, refusal))?;
    input::check_creation(sim, stream, input)?;
    let shards = stream.shards().iter().filter(|shard| !shard.is_expired());
    let shards = shards.filter(|shard| after.is_none_or(|after| shard.id > after));
    let shards = shards.filter(|shard| filter.lets_pass(shard));
    let length = answer::page_length(input.integer("MaxResults"), PAGE_MAX);
    let (shards, has_more) = answer::page(shards, length);
    let next = shards.last().filter(|_| has_more).map(|last| {
        let list = format!("ListShards {name} {}", filter.text());
        let token = NextToken { list, after: last.id.to_string() };
        token.seal(sim.now(), sim.service().secret())
    });
    let shards: Vec<_> = shards.into_iter().map(answer::shard).collect();
    Ok(Fields::new().with("Shards", shards).with_some("NextToken", next))
}

/// Which stream's shards are listed, which of them, and after which.
fn where_to_start(
    sim: &Simulation,
    input: &Fields,
) -> Result<(StreamName, Filter, Option<ShardId>), ApiError> {
    let named = input.text("StreamName").is_some() || input.text("StreamARN").is_some();
    match (input.text("NextToken"), named) {
        (None, false) => {
            Err(words::invalid_argument("Either NextToken or StreamName should be provided."))
        }
        (Some(_), true) => {
            Err(words::invalid_argument("NextToken and StreamName cannot be provided together."))
        }
        (None, true) => {
            let stream = input::stream(sim, input)?;
            let after = match input.text("ExclusiveStartShardId") {
                Some(_) => {
                    Some(input::shard_id(sim, &stream.name, input, "ExclusiveStartShardId")?)
                }
                None => None,
            };
            Ok((stream.name.clone(), Filter::of(sim, stream, input)?, after))
        }
        (Some(token), false) => {
            let token = NextToken::open(token, "ListShards", sim.now(), sim.service().secret());
            let token = token.map_err(|refusal| words::refused(sim, refusal))?;
            let mut list = token.list.split(' ').skip(1);
            let name = input::checked(list.next().unwrap_or_default());
            let filter = Filter::read(list.next().unwrap_or_default());
            Ok((name, filter, ShardId::parse(&token.after)))
        }
    }
}

/// Which shards are listed.
enum Filter {
    /// All that have not expired.
    All,
    /// Those that are open.
    Open,
    /// Those of a higher number.
    After(ShardId),
    /// Those that were open then.
    At(Instant),
    /// Those that were open then or later.
    From(Instant),
}

impl Filter {
    fn of(sim: &Simulation, stream: &Stream, input: &Fields) -> Result<Self, ApiError> {
        let Some(filter) = input.fields("ShardFilter") else { return Ok(Self::All) };
        let horizon = sim.now().before(stream.retention()).max(stream.created);
        let timestamp = || match filter.timestamp("Timestamp") {
            Some(at) => Ok(at.max(horizon)),
            None => Err(words::invalid_argument(
                "Timestamp must be specified for a shard filter of this type.",
            )),
        };
        match filter.text("Type") {
            Some("AFTER_SHARD_ID") => {
                if filter.text("ShardId").is_none() {
                    return Err(words::invalid_argument(
                        "ShardId must be specified for a shard filter of this type.",
                    ));
                }
                input::shard_id(sim, &stream.name, filter, "ShardId").map(Self::After)
            }
            Some("AT_LATEST") => Ok(Self::Open),
            Some("AT_TRIM_HORIZON") => Ok(Self::At(horizon)),
            Some("AT_TIMESTAMP") => timestamp().map(Self::At),
            Some("FROM_TIMESTAMP") => timestamp().map(Self::From),
            _ => Ok(Self::All),
        }
    }

    fn lets_pass(&self, shard: &Shard) -> bool {
        let closed_after = |at: Instant| shard.closed().is_none_or(|closed| closed > at);
        match self {
            Self::All => true,
            Self::Open => shard.is_open(),
            Self::After(id) => shard.id > *id,
            // The first shards open a moment after the stream was created.
            Self::At(at) => (shard.opened <= *at || shard.parent.is_none()) && closed_after(*at),
            Self::From(at) => closed_after(*at),
        }
    }

    /// As a `NextToken` carries it.
    fn text(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Open => "open".to_owned(),
            Self::After(id) => format!("after:{}", id.0),
            Self::At(at) => format!("at:{}", at.micros()),
            Self::From(at) => format!("from:{}", at.micros()),
        }
    }

    fn read(text: &str) -> Self {
        let (kind, number) = text.split_once(':').unwrap_or((text, "0"));
        let at = Instant::from_micros(number.parse().unwrap_or_default());
        match kind {
            "open" => Self::Open,
            "after" => Self::After(ShardId(number.parse().unwrap_or_default())),
            "at" => Self::At(at),
            "from" => Self::From(at),
            _ => Self::All,
        }
    }
}

const SHARD_FILTER: Shape = Shape::new(
    "ShardFilter",
    &[
        Param::required("Type", Kind::Choice(&FILTER_TYPE)),
        Param::optional("ShardId", params::NAME),
        Param::optional("Timestamp", Kind::Timestamp),
    ],
);

const FILTER_TYPE: Choice = Choice::new(&[
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
]);
