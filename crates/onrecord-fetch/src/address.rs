//! Which addresses may be asked.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves names, and gives out only addresses that may be asked. What it gives out is what is
/// connected to; nothing is resolved again.
#[derive(Debug)]
pub(crate) struct Guard {
    pub(crate) allow_private: bool,
    pub(crate) resolver: DefaultResolver,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.resolver.resolve(uri, config, timeout)?;
        // One private address among public ones is a trap too, or a mistake.
        let private = addresses.iter().find(|address| !is_public(address.ip()));
        match private {
            Some(address) if !self.allow_private => {
                Err(ureq::Error::Other(Box::new(Private(address.ip()))))
            }
            _ => Ok(addresses),
        }
    }
}

/// An address that was refused.
#[derive(Debug)]
pub(crate) struct Private(pub(crate) IpAddr);

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is a private address", self.0)
    }
}

impl std::error::Error for Private {}

/// Whether an address is one of the public internet, by the IANA registries of special-purpose
/// addresses (RFC 6890 and its updates).
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match (a, b, c) {
        (0 | 10 | 127, ..) => true,
        // Shared by a provider's customers.
        (100, 64..=127, _) => true,
        // Link-local, where clouds tell machines their secrets.
        (169, 254, _) => true,
        (172, 16..=31, _) | (192, 168, _) => true,
        (192, 0, 0 | 2) | (192, 88, 99) => true,
        (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113) => true,
        // Multicast, reserved, broadcast.
        (224.., ..) => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // Addresses of version 4 in other clothes: mapped, translated (NAT64), 6to4.
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        // Teredo, documentation, benchmarks.
        [0x2001, 0..=0x01FF, ..] | [0x2001, 0xDB8, ..] | [0x3FFF, 0..=0x0FFF, ..] => false,
        // All that is given out so far; the rest is local, multicast or reserved.
        [0x2000..=0x3FFF, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let cases = [
            (
                true,
                "1.1.1.1 93.184.215.14 172.15.0.1 172.32.0.1 100.63.0.1 192.1.0.1 223.255.255.255",
            ),
            (true, "2606:4700::1111 2a00::1 ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1"),
            (false, "0.0.0.0 10.1.2.3 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.9.9"),
            (
                false,
                "192.168.0.1 100.64.0.1 192.0.0.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255",
            ),
            (false, ":: ::1 fe80::1 fc00::1 fd12::1 ff02::1 2001:db8::1 2001::1 ::7f00:1"),
            (
                false,
                "::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 2002:7f00:1::1 64:ff9b:1::1",
            ),
        ];
        let mut failures = Vec::new();
        for (expected, addresses) in cases {
            for address in addresses.split(' ') {
                if is_public(address.parse().unwrap()) != expected {
                    failures.push(address);
                }
            }
        }
        assert!(failures.is_empty(), "{failures:?}");
    }
}
