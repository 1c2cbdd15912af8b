//! Policies of streams and registered consumers, one each.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html>.

use super::Service;
use super::fan_out::ConsumerId;
use super::names::StreamId;
use super::policy::Policy;
use super::tags::Tagged;
use crate::engine::sorted::SortedMap;

/// The policies that were put.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ResourcePolicies(SortedMap<Tagged, Policy>);

impl ResourcePolicies {
    /// Forgets a stream that is gone, with its consumers.
    pub(super) fn forget(&mut self, gone: StreamId) {
        self.0.retain(|resource, _| {
            let (Tagged::Stream(id) | Tagged::Consumer(id, _)) = resource;
            *id != gone
        });
    }

    /// Forgets a consumer that is gone.
    pub(super) fn forget_consumer(&mut self, stream: StreamId, gone: ConsumerId) {
        self.0.remove(&Tagged::Consumer(stream, gone));
    }
}

impl Service {
    /// The policy of a stream or consumer, if it has one.
    pub fn resource_policy(&self, resource: Tagged) -> Option<&Policy> {
        self.resource_policies.0.get(&resource)
    }

    /// Gives a stream or consumer a policy, instead of the one it may have.
    pub fn put_resource_policy(&mut self, resource: Tagged, policy: Policy) {
        self.resource_policies.0.insert(resource, policy);
    }

    /// Takes the policy away; says whether there was one.
    pub fn delete_resource_policy(&mut self, resource: Tagged) -> bool {
        self.resource_policies.0.remove(&resource).is_some()
    }
}
