import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isPublicAddress } from "../../src/pages/public-address.ts";

// The last address below, the first and last inside and the first above each special range.
const SPECIAL = `0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255
  168.63.129.16 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255 192.0.2.1
  192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.0 239.255.255.255
  240.0.0.0 255.255.255.255`.split(/\s+/);
const PUBLIC = `1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15
  168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255
  192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 203.0.112.255 203.0.114.0 223.255.255.255`.split(/\s+/);
const SPECIAL_V6 = `:: ::1 ::7f00:1 ::127.0.0.1 ::ffff:7f00:1 ::ffff:93.184.216.34 ::ffff:0:7f00:1 64:ff9b::7f00:1
  64:ff9b:1::a00:5 100::1 100:0:0:1::1 2001::1 2001:2::1 2001:1ff:ffff::1 2001:db8::1 2002:7f00:1::1 3fff::1
  3fff:fff:ffff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1`.split(/\s+/);
const PUBLIC_V6 = `2000::1 2001:200::1 2001:4860:4860::8888 2001:db7:ffff::1 2001:db9::1 2003::1
  2606:2800:220:1:248:1893:25c8:1946 2a00:1450:4001:81b::200e 3ffe:ffff::1 3fff:1000::1`.split(/\s+/);

describe("public addresses", () => {
  it("refuses every special IPv4 range up to its borders", () => {
    assert.deepEqual(SPECIAL.filter(isPublicAddress), []);
  });

  it("lets the neighbours of the special ranges through", () => {
    assert.deepEqual(
      PUBLIC.filter((address) => !isPublicAddress(address)),
      [],
    );
  });

  it("refuses IPv6 outside of the global block, and every form that wraps an IPv4 address", () => {
    assert.deepEqual(SPECIAL_V6.filter(isPublicAddress), []);
  });

  it("lets global IPv6 addresses through", () => {
    assert.deepEqual(
      PUBLIC_V6.filter((address) => !isPublicAddress(address)),
      [],
    );
  });

  it("refuses what is no plain address", () => {
    const odd = [
      "",
      "example.org",
      "127.1",
      "0x7f000001",
      "2606:2800::1%eth0",
      "[2606:2800::1]",
      "1.1.1.1 ",
      "1.1.1.1:80",
    ];
    assert.deepEqual(odd.filter(isPublicAddress), []);
  });
});
