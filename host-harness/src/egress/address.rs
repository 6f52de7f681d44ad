//! Layer 2: which addresses may be connected to.
//!
//! Invariant: an address is judged in its canonical form, so that an IPv4 address in an IPv6
//! coat is the IPv4 address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of address it is, by who can be reached there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Anybody on the Internet.
    Public,
    /// This machine.
    Loopback,
    /// A private network.
    Private,
    /// Neighbours, cloud metadata, multicast, reserved: nothing a vendor lives at.
    Forbidden,
}

/// What the operator allows beyond public addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressPolicy {
    /// Loopback, for simulators and adapters on the same machine.
    pub allow_loopback: bool,
    /// Private networks, for vendors behind a VPN.
    pub allow_private: bool,
}

impl AddressPolicy {
    /// Whether a connection to this address may be made.
    pub fn allows(self, address: IpAddr) -> bool {
        match class(address) {
            Class::Public => true,
            Class::Loopback => self.allow_loopback,
            Class::Private => self.allow_private,
            Class::Forbidden => false,
        }
    }
}

/// Metadata services that do not live at link-local addresses: Azure, Alibaba, Oracle.
const METADATA: [Ipv4Addr; 3] = [
    Ipv4Addr::new(168, 63, 129, 16),
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(192, 0, 0, 192),
];
/// The metadata service of AWS over IPv6, inside the private range.
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// The class of an address.
pub fn class(address: IpAddr) -> Class {
    match address.to_canonical() {
        IpAddr::V4(address) => class_v4(address),
        IpAddr::V6(address) => class_v6(address),
    }
}

fn class_v4(address: Ipv4Addr) -> Class {
    let [a, b, c, _] = address.octets();
    let forbidden = METADATA.contains(&address)
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    let shared = a == 100 && (64..128).contains(&b);
    if forbidden {
        Class::Forbidden
    } else if address.is_loopback() {
        Class::Loopback
    } else if address.is_private() || shared {
        Class::Private
    } else {
        Class::Public
    }
}

fn class_v6(address: Ipv6Addr) -> Class {
    let segments = address.segments();
    if let Some(inner) = embedded_v4(segments) {
        // A translated address reaches what the IPv4 address reaches; only public ones make
        // sense there.
        return match class_v4(inner) {
            Class::Public => Class::Public,
            _ => Class::Forbidden,
        };
    }
    match segments[0] {
        _ if address == METADATA_V6 => Class::Forbidden,
        _ if address.is_loopback() => Class::Loopback,
        0xfc00..=0xfdff => Class::Private,
        0x2001 if segments[1] == 0xdb8 || segments[1] < 0x200 => Class::Forbidden,
        0x2000..=0x3ffe => Class::Public,
        _ => Class::Forbidden,
    }
}

/// The IPv4 address inside a NAT64 or 6to4 address.
fn embedded_v4(s: [u16; 8]) -> Option<Ipv4Addr> {
    let (high, low) = match s {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => (high, low),
        _ => return None,
    };
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Some(Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_class_of_whom_they_reach() {
        use Class::{Forbidden, Loopback, Private, Public};
        let cases = [
            ("93.184.216.34", Public),
            ("2606:2800:220:1::1", Public),
            ("64:ff9b::5db8:d822", Public),
            ("127.0.0.1", Loopback),
            ("127.8.9.1", Loopback),
            ("::1", Loopback),
            ("::ffff:127.0.0.1", Loopback),
            ("10.1.2.3", Private),
            ("172.16.0.1", Private),
            ("192.168.1.1", Private),
            ("100.64.0.1", Private),
            ("fd12::1", Private),
            ("::ffff:10.0.0.1", Private),
            ("169.254.169.254", Forbidden),
            ("::ffff:169.254.169.254", Forbidden),
            ("168.63.129.16", Forbidden),
            ("100.100.100.200", Forbidden),
            ("fd00:ec2::254", Forbidden),
            ("fe80::1", Forbidden),
            ("0.0.0.0", Forbidden),
            ("::", Forbidden),
            ("::7f00:1", Forbidden),
            ("64:ff9b::7f00:1", Forbidden),
            ("2002:a9fe:a9fe::1", Forbidden),
            ("2001:db8::1", Forbidden),
            ("2001::1", Forbidden),
            ("203.0.113.9", Forbidden),
            ("198.18.0.1", Forbidden),
            ("224.0.0.1", Forbidden),
            ("ff02::1", Forbidden),
            ("240.0.0.1", Forbidden),
            ("255.255.255.255", Forbidden),
        ];
        for (text, expected) in cases {
            assert_eq!(class(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn the_operator_opens_loopback_and_private_networks_only() {
        let open = AddressPolicy { allow_loopback: true, allow_private: true };
        for (text, by_default, opened) in [
            ("93.184.216.34", true, true),
            ("127.0.0.1", false, true),
            ("10.0.0.1", false, true),
            ("169.254.169.254", false, false),
        ] {
            let address = text.parse().unwrap();
            assert_eq!(AddressPolicy::default().allows(address), by_default, "{text}");
            assert_eq!(open.allows(address), opened, "{text}");
        }
    }
}
