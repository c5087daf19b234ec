import { BlockList, type IPVersion, isIP } from "node:net";

/**
 * Is this IP address (text, without brackets) on the public internet?
 *
 * IPv4 is public unless listed; IPv6 is refused unless it lies in the one block that IANA hands out, so mapped,
 * NAT64, 6to4 and Teredo forms of a private address never pass. Anything that is no plain address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes("%")) return false;
  const family = isIP(address);
  if (family === 4) return !SPECIAL_IPV4.check(address, "ipv4");
  if (family === 6) return GLOBAL_IPV6.check(address, "ipv6") && !SPECIAL_IPV6.check(address, "ipv6");
  return false;
}

// Two lists, one a family: an IPv6 rule that covers ::ffff:0:0/96 would match every IPv4 address as well (measured).

// https://www.iana.org/assignments/iana-ipv4-special-registry (read 2026-11-22)
const SPECIAL_IPV4 = listOf("ipv4", [
  "0.0.0.0/8", // this network; reaches loopback on Linux
  "10.0.0.0/8",
  "100.64.0.0/10", // carrier-grade NAT; 100.100.100.200 is Alibaba's metadata service
  "127.0.0.0/8",
  "168.63.129.16/32", // Azure's wire server, in public space. https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  "169.254.0.0/16", // link-local; 169.254.169.254 is the metadata service of most clouds
  "172.16.0.0/12",
  "192.0.0.0/24", // protocol assignments; 192.0.0.192 is Oracle's metadata service
  "192.0.2.0/24",
  "192.88.99.0/24", // 6to4 relays, withdrawn
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4", // with 255.255.255.255
]);

// https://www.iana.org/assignments/ipv6-unicast-address-assignments and
// https://www.iana.org/assignments/iana-ipv6-special-registry (read 2026-11-22)
const GLOBAL_IPV6 = listOf("ipv6", ["2000::/3"]);
const SPECIAL_IPV6 = listOf("ipv6", [
  "2001::/23", // protocol assignments: Teredo, benchmarking, ORCHID
  "2001:db8::/32",
  "2002::/16", // 6to4: an IPv4 address in disguise
  "3fff::/20",
]);

function listOf(family: IPVersion, subnets: string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const slash = subnet.indexOf("/");
    list.addSubnet(subnet.slice(0, slash), Number(subnet.slice(slash + 1)), family);
  }
  return list;
}
