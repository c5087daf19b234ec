import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parsePageAddress } from "../../src/pages/page-address.ts";
import { isPublicAddress } from "../../src/pages/public-address.ts";

const rules = { ports: new Set([80, 443]), isPublic: isPublicAddress };
const isRefused = (address: string) => {
  try {
    parsePageAddress(address, rules);
    return false;
  } catch (error) {
    assert.ok(error instanceof Error && "code" in error && error.code === "PAGE_FORBIDDEN", address);
    return true;
  }
};

describe("page addresses", () => {
  it("gives the address as it is asked for, without fragment and final dot", () => {
    assert.equal(parsePageAddress("HTTPS://WWW.Example.com.:443/a?b=1#c", rules).href, "https://www.example.com/a?b=1");
    assert.equal(parsePageAddress("http://bücher.example.org/", rules).href, "http://xn--bcher-kva.example.org/");
    assert.equal(parsePageAddress("http://localhost.example.com/", rules).hostname, "localhost.example.com");
  });

  it("refuses every scheme but http and https", () => {
    const schemes = [
      "file:///etc/passwd",
      "ftp://example.com/",
      "data:text/html,x",
      "javascript:1",
      "node:fs",
      "about:blank",
    ];
    assert.deepEqual(
      schemes.filter((address) => !isRefused(address)),
      [],
    );
  });

  it("refuses private literals however they are written", () => {
    const literals = [
      "http://127.0.0.1/",
      "http://127.1/",
      "http://2130706433/",
      "http://0x7f000001/",
      "http://0177.0.0.1/",
      "http://127.0.0.1./",
      "http://%31%32%37.0.0.1/",
      "http://127。0。0。1/",
      "http://①②⑦.⓪.⓪.①/",
      "http:127.0.0.1/",
      "http://127.0.0.1\\@www.example.com/",
      "http://[::1]/",
      "http://[::ffff:10.0.0.5]/",
      "http://[::127.0.0.1]/",
      "https://169.254.169.254/latest/meta-data/",
    ];
    assert.deepEqual(
      literals.filter((address) => !isRefused(address)),
      [],
    );
  });

  it("refuses names that never mean a public site", () => {
    const names = [
      "localhost",
      "foo.localhost.",
      "intranet",
      "printer.local",
      "db.corp.internal",
      "nas.home.arpa",
      "x.onion",
    ];
    assert.deepEqual(
      names.filter((name) => !isRefused(`http://${name}/`)),
      [],
    );
  });

  it("refuses credentials, other ports, endless addresses and what is no address", () => {
    const odd = [
      "http://user:pass@www.example.com/",
      "https://token@www.example.com/",
      "http://www.example.com:22/",
      "http://www.example.com:8080/",
      `http://www.example.com/${"a".repeat(9000)}`,
      "www.example.com",
      "//www.example.com/",
      "http://a..b/",
      "http://./",
      "",
    ];
    assert.deepEqual(
      odd.filter((address) => !isRefused(address)),
      [],
    );
  });
});
