//! How often an address may ask: a bucket of permits an address, which fills up again over time.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZero;
use std::sync::Mutex;
use std::time::Instant;

/// Permits that may be saved up, in seconds' or minutes' worth.
const BURST: f64 = 5.0;

/// Addresses that are remembered; beyond it, those whose bucket is full are forgotten.
const MAX: usize = 10_000;

pub(super) struct Rate {
    a_second: f64,
    burst: f64,
    buckets: Mutex<BTreeMap<IpAddr, (f64, Instant)>>,
}

impl Rate {
    pub(super) fn a_second(n: NonZero<u32>) -> Rate {
        let a_second = f64::from(n.get());
        Rate { a_second, burst: a_second * BURST, buckets: Mutex::default() }
    }

    pub(super) fn a_minute(n: NonZero<u32>) -> Rate {
        let n = f64::from(n.get());
        Rate { a_second: n / 60.0, burst: n, buckets: Mutex::default() }
    }

    /// Takes a permit, if the address has one.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        self.allows_at(address, Instant::now())
    }

    fn allows_at(&self, address: IpAddr, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().expect("nothing panics while it is held");
        let filled = |&(permits, at): &(f64, Instant)| {
            (permits + now.saturating_duration_since(at).as_secs_f64() * self.a_second)
                .min(self.burst)
        };
        if buckets.len() >= MAX {
            buckets.retain(|_, bucket| filled(bucket) < self.burst);
        }
        let key = network(address);
        let permits = buckets.get(&key).map_or(self.burst, filled);
        let is_allowed = permits >= 1.0;
        // Where all are busy, whoever comes new waits.
        if buckets.len() >= MAX && !buckets.contains_key(&key) {
            return false;
        }
        buckets.insert(key, (if is_allowed { permits - 1.0 } else { permits }, now));
        is_allowed
    }
}

/// Who has one address of IPv6 has all of its network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        // A socket of IPv6 has those of IPv4 as ::ffff:a.b.c.d, all in one network.
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let mut segments = address.segments();
            segments[4..].fill(0);
            Ipv6Addr::from(segments).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn permits_run_out_and_come_back() {
        let rate = Rate::a_second(NonZero::new(2).unwrap());
        let (one, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let now = Instant::now();
        assert_eq!((0..20).filter(|_| rate.allows_at(one, now)).count(), 10);
        assert!(rate.allows_at(other, now));
        let later = now + Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| rate.allows_at(one, later)).count(), 2);
    }

    #[test]
    fn a_network_of_ipv6_is_one() {
        let rate = Rate::a_minute(NonZero::new(1).unwrap());
        let now = Instant::now();
        assert!(rate.allows_at("2001:db8::1".parse().unwrap(), now));
        assert!(!rate.allows_at("2001:db8::2".parse().unwrap(), now));
        assert!(rate.allows_at("2001:db8:0:1::2".parse().unwrap(), now));
    }

    #[test]
    fn addresses_of_ipv4_are_several_on_a_socket_of_ipv6_too() {
        let rate = Rate::a_minute(NonZero::new(1).unwrap());
        let now = Instant::now();
        assert!(rate.allows_at("::ffff:10.0.0.1".parse().unwrap(), now));
        assert!(rate.allows_at("::ffff:10.0.0.2".parse().unwrap(), now));
        assert!(!rate.allows_at("10.0.0.1".parse().unwrap(), now));
    }
}
