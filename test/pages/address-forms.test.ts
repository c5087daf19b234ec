import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { RuminateError } from "../../src/errors.ts";
import { parsePageAddress } from "../../src/pages/page-address.ts";
import { isPublicAddress } from "../../src/pages/public-address.ts";

const rules = { ports: new Set([80, 443]), isPublic: isPublicAddress };

type Octets = [number, number, number, number];

/** Any address of a range that must never be dialled. */
const octet = fc.integer({ min: 0, max: 255 });
const privateIpv4: fc.Arbitrary<Octets> = fc
  .tuple(
    fc.constantFrom<[number, number | null]>(
      [0, null],
      [10, null],
      [100, 64],
      [100, 127],
      [127, null],
      [169, 254],
      [172, 16],
      [172, 31],
      [192, 168],
      [198, 18],
      [224, null],
      [255, null],
    ),
    octet,
    octet,
    octet,
  )
  .map(([[first, second], any, third, fourth]) => [first, second ?? any, third, fourth]);

const digitForms = [
  (value: number) => String(value),
  (value: number) => `0x${value.toString(16)}`,
  (value: number) => `0X${value.toString(16).toUpperCase()}`,
  (value: number) => `0${value.toString(8)}`,
  (value: number) => `0x${value.toString(16).padStart(12, "0")}`,
  (value: number) => `000${value.toString(8)}`,
];
const form = fc.constantFrom(...digitForms);
const dot = fc.constantFrom(".", "。", "．", "｡", "%2e", "%2E", "%E3%80%82");

/** As one, two, three or four numbers, each to its own base, with dots of any script. */
const spelledIpv4 = fc
  .tuple(privateIpv4, fc.integer({ min: 1, max: 4 }), fc.tuple(form, form, form, form), fc.tuple(dot, dot, dot))
  .map(([octets, parts, forms, dots]) => {
    const heads = octets.slice(0, parts - 1);
    const rest = octets.slice(parts - 1).reduce((sum, value) => sum * 256 + value, 0);
    return [...heads, rest].map((value, index) => (forms[index] ?? String)(value) + (dots[index] ?? "")).join("");
  })
  .map((text) => text.replace(/(?:[.。．｡]|%2e|%2E|%E3%80%82)$/, ""));

/** Wide digits, percent signs and a final dot change nothing. */
const disguised = fc
  .tuple(spelledIpv4, fc.constantFrom("none", "wide", "percent"), fc.boolean())
  .map(([host, how, isDotted]) => {
    const digits = {
      none: host,
      wide: host.includes("%") ? host : host.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
      percent: host.replace(/(?<!%[0-9A-Fa-f]?)\d/g, (digit) => `%3${digit}`),
    }[how];
    return `${digits}${isDotted ? "." : ""}`;
  });

const hex = (high: number, low: number) => ((high << 8) | low).toString(16);

/** IPv6 addresses that hold an IPv4 address: mapped, compatible, translated, NAT64 (both), 6to4, Teredo. */
const wrapped = fc.tuple(privateIpv4, fc.integer({ min: 0, max: 8 })).map(([[a, b, c, d], kind]) => {
  const [high, low] = [hex(a, b), hex(c, d)];
  return [
    `::ffff:${high}:${low}`,
    `::ffff:${a}.${b}.${c}.${d}`,
    `0:0:0:0:0:FFFF:${high}:${low}`,
    `::${high}:${low}`,
    `::ffff:0:${high}:${low}`,
    `64:ff9b::${high}:${low}`,
    `64:ff9b:1::${high}:${low}`,
    `2002:${high}:${low}::1`,
    `2001:0:4136:e378:8000:63bf:${hex(255 - a, 255 - b)}:${hex(255 - c, 255 - d)}`,
  ][kind] as string;
});

const outsideOfGlobal = fc
  .tuple(
    fc.integer({ min: 0x4000, max: 0xffff }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 }),
  )
  .map((groups) =>
    groups
      .flat()
      .map((group) => group.toString(16))
      .join(":"),
  );

const scheme = fc.constantFrom(
  "http://",
  "https://",
  "HTTP:",
  "http:/",
  "https:\\\\",
  "http:///",
  "\thttp://",
  "ht\ntp://",
);
const tail = fc.constantFrom(
  "",
  "/",
  ":80/",
  ":443",
  ":00080/x",
  "/..//@www.example.com/",
  "?@www.example.com",
  "#@www.example.com",
  "\\@www.example.com/",
);

describe("Any spelling of a private address", () => {
  it("is refused in an address, whatever base, script, dots or ending it has", () => {
    fc.assert(
      fc.property(scheme, disguised, tail, (start, host, end) => isRefused(`${start}${host}${end}`)),
      SEEDED,
    );
  });

  it("is refused wrapped in IPv6, in an address and as an answer of a name server", () => {
    fc.assert(
      fc.property(fc.oneof(wrapped, outsideOfGlobal), tail, (address, end) => {
        assert.equal(isPublicAddress(address), false, address);
        return isRefused(`http://[${address}]${end}`);
      }),
      SEEDED,
    );
  });

  it("is refused as a plain answer of a name server", () => {
    fc.assert(
      fc.property(privateIpv4, (octets) => !isPublicAddress(octets.join("."))),
      SEEDED,
    );
  });
});

describe("Any other address", () => {
  it("is refused with a user, a password, another port or another scheme", () => {
    const host = fc.constantFrom("www.example.com", "93.184.216.34", "[2606:2800:220:1:248:1893:25c8:1946]");
    const user = fc.constantFrom("a@", "a:b@", ":b@", "127.0.0.1@", "www.example.org%2f@", "a@b@");
    const port = fc.integer({ min: 1, max: 65_535 }).filter((number) => number !== 80 && number !== 443);
    const other = fc.constantFrom(
      "ftp",
      "file",
      "gopher",
      "ws",
      "wss",
      "data",
      "blob",
      "javascript",
      "view-source",
      "jar",
      "dict",
      "ldap",
      "httpss",
    );
    fc.assert(
      fc.property(host, user, port, other, (name, person, number, kind) =>
        [`http://${person}${name}/`, `https://${name}:${number}/`, `${kind}://${name}/`, `${kind}:${name}`].every(
          isRefused,
        ),
      ),
      SEEDED,
    );
  });

  it("of a public host is left alone, or refused by name, and never throws anything else", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, noise) => {
        for (const address of [url, noise, `http://${noise}`, `${url}${noise}`]) isRefused(address);
        const plain = `https://www.example.com${new URL(url).pathname}`;
        return parsePageAddress(plain, rules).href === plain;
      }),
      { ...SEEDED, numRuns: 100 },
    );
  });
});

function isRefused(address: string): boolean {
  try {
    parsePageAddress(address, rules);
    return false;
  } catch (error) {
    assert.ok(error instanceof RuminateError && error.code === "PAGE_FORBIDDEN", `${address}: ${error}`);
    return true;
  }
}

const SEEDED = { numRuns: 1_000, seed: 7 };
