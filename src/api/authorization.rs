//! Whether who asks may ask: root may, users may what policies allow.
//!
//! An explicit denial in the user's policy or in that of the stream or consumer wins; else either
//! may allow, as within one account; else the request is denied. Root is never denied here; AWS
//! lets a resource's policy deny even root. Requests of other accounts do not exist.
//!
//! Read first: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html>.

use crate::api::caller::Caller;
use crate::api::next_token::NextToken;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation};
use crate::engine::Simulation;
use crate::engine::find::find;
use crate::engine::service::iterator::ShardIterator;
use crate::engine::service::names::{StreamId, StreamName};
use crate::engine::service::policy::Effect;
use crate::engine::service::tags::Tagged;
use crate::engine::service::users::UserName;

/// What a permission for an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Nothing in particular: `*`.
    Any,
    /// The stream, in whatever way the request says which.
    Stream,
    /// The registered consumer, by its ARN or by its stream and name.
    Consumer,
    /// Whatever `ResourceARN` says.
    Named,
}

/// Refuses a request that policies do not allow.
///
/// A request that does not say what it is about is let through: the operation refuses it.
pub fn authorize(
    sim: &Simulation,
    caller: &Caller,
    operation: &Operation,
    input: &Fields,
) -> Result<(), ApiError> {
    let Caller::User(_) = caller else { return Ok(()) };
    let Some(resource) = operation.resource.arn(sim, input) else { return Ok(()) };
    decide(sim, caller, operation.name, &resource)?;
    // Tags of a new stream need a permission of their own.
    if operation.name == "CreateStream" && !input.map("Tags").is_empty() {
        decide(sim, caller, "AddTagsToStream", &resource)?;
    }
    Ok(())
}

/// Refuses a request for an action of a service whose permissions are about nothing in particular,
/// such as `cloudwatch:ListMetrics`.
pub fn authorize_action(sim: &Simulation, caller: &Caller, action: &str) -> Result<(), ApiError> {
    let Caller::User(user) = caller else { return Ok(()) };
    let Some(why) = denial(sim, user, action, "*") else { return Ok(()) };
    let arn = user.arn(sim.account());
    // As recorded of PutMetricData by its users; the code is what CloudWatch has always sent.
    let words = format!("User: {arn} is not authorized to perform: {action} {why}");
    Err(ApiError { status: 403, ..ApiError::new("AccessDenied", words) })
}

/// The stream that a `GetRecords` or a further page of `ListShards` is about.
pub fn stream_of_token(sim: &Simulation, input: &Fields) -> Option<StreamId> {
    let secret = sim.service().secret();
    if let Some(token) = input.text("ShardIterator") {
        return ShardIterator::from_token(token, secret).map(|iterator| iterator.stream);
    }
    let token = NextToken::open(input.text("NextToken")?, "ListShards ", sim.now(), secret).ok()?;
    sim.service().stream_id(&StreamName::new(token.list.split(' ').nth(1)?)?).ok()
}

impl Resource {
    fn arn(self, sim: &Simulation, input: &Fields) -> Option<String> {
        match self {
            Self::Any => Some("*".to_owned()),
            Self::Stream => stream_arn(sim, input),
            Self::Consumer => match (input.text("ConsumerARN"), input.text("ConsumerName")) {
                (Some(arn), _) => Some(arn.to_owned()),
                (None, name) => {
                    let stream = StreamName::from_arn(sim.account(), input.text("StreamARN")?)?;
                    let found = sim.service().stream_named(&stream).ok();
                    let mut consumers = found.iter().flat_map(|stream| stream.consumers.iter());
                    let name = name?;
                    let consumer = consumers.find(|consumer| consumer.name.as_str() == name);
                    // One that does not exist has no time of creation.
                    Some(consumer.map_or_else(
                        || format!("{}/consumer/{name}", stream.arn(sim.account())),
                        |consumer| consumer.arn(sim.account(), &stream),
                    ))
                }
            },
            Self::Named => input.text("ResourceARN").map(|arn| plain(sim, arn)),
        }
    }
}

fn stream_arn(sim: &Simulation, input: &Fields) -> Option<String> {
    if let Some(stream) = stream_of_token(sim, input).and_then(|id| sim.service().stream(id)) {
        return Some(stream.name.arn(sim.account()));
    }
    match (input.text("StreamARN"), input.text("StreamName")) {
        (Some(arn), _) => Some(plain(sim, arn)),
        (None, name) => StreamName::new(name?).map(|name| name.arn(sim.account())),
    }
}

/// The ARN without what may follow a stream's name and does not count.
fn plain(sim: &Simulation, arn: &str) -> String {
    if find(arn, "/consumer/").is_some() {
        return arn.to_owned();
    }
    StreamName::from_arn(sim.account(), arn)
        .map_or_else(|| arn.to_owned(), |name| name.arn(sim.account()))
}

fn decide(
    sim: &Simulation,
    caller: &Caller,
    operation: &str,
    resource: &str,
) -> Result<(), ApiError> {
    let Caller::User(user) = caller else { return Ok(()) };
    let (arn, action) = (user.arn(sim.account()), format!("kinesis:{operation}"));
    let Some(why) = denial(sim, user, &action, resource) else { return Ok(()) };
    // The words up to the resource are recorded of other services; those after it are IAM's, and
    // nobody has recorded whether this service adds them.
    let words =
        format!("User: {arn} is not authorized to perform: {action} on resource: {resource} {why}");
    Err(ApiError::new("AccessDeniedException", words))
}

/// Why a user may not do something; `None` if it is allowed.
fn denial(sim: &Simulation, user: &UserName, action: &str, resource: &str) -> Option<String> {
    let arn = user.arn(sim.account());
    let own = sim.service().users().policy(user);
    let own = own.and_then(|policy| policy.says(&arn, action, resource));
    let attached = policy_of(sim, resource);
    let attached = attached.and_then(|policy| policy.says(&arn, action, resource));
    match (own, attached) {
        (Some(Effect::Deny), _) => Some("with an explicit deny in an identity-based policy".into()),
        (_, Some(Effect::Deny)) => Some("with an explicit deny in a resource-based policy".into()),
        (Some(Effect::Allow), _) | (_, Some(Effect::Allow)) => None,
        (None, None) => {
            Some(format!("because no identity-based policy allows the {action} action"))
        }
    }
}

fn policy_of<'a>(
    sim: &'a Simulation,
    resource: &str,
) -> Option<&'a crate::engine::service::policy::Policy> {
    let service = sim.service();
    let tagged = if find(resource, "/consumer/").is_some() {
        let (stream, consumer) = service.consumer_of_arn(resource).ok()?;
        Tagged::Consumer(stream.id, consumer.id)
    } else {
        Tagged::Stream(service.stream_id(&StreamName::from_arn(sim.account(), resource)?).ok()?)
    };
    service.resource_policy(tagged)
}
