import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { charsetInMarkup, decodeText } from "../../src/pages/decode-text.ts";

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const utf8 = (text: string) => new TextEncoder().encode(text);
const shiftJis = Uint8Array.from([0x93, 0xfa, 0x96, 0x7b]);

describe("Decoding a text", () => {
  it("follows the declared charset", () => {
    assert.equal(decodeText(latin1("Zürich"), "ISO-8859-1"), "Zürich");
    assert.equal(decodeText(shiftJis, "Shift_JIS"), "日本");
    assert.equal(decodeText(Uint8Array.from([0xcf, 0xf0, 0xe8]), "windows-1251"), "При");
  });

  it("believes the bytes more than the declaration", () => {
    assert.equal(decodeText(utf8("Zürich"), "iso-8859-1"), "Zürich");
    assert.equal(decodeText(latin1("\xef\xbb\xbfZ\xc3\xbcrich"), "windows-1252"), "Zürich");
    assert.equal(decodeText(Uint8Array.from(Buffer.from("\ufeffZürich", "utf16le")), "utf-8"), "Zürich");
    assert.equal(decodeText(Uint8Array.from(Buffer.from("Grid and power", "utf16le")), null), "Grid and power");
  });

  it("takes text without a declaration as UTF-8, else as browsers in the west do", () => {
    assert.equal(decodeText(utf8("Zürich – ok"), null), "Zürich – ok");
    assert.equal(decodeText(latin1("Z\xfcrich \x96 ok"), null), "Zürich – ok");
    assert.equal(decodeText(latin1("Z\xfcrich"), "no-such-charset"), "Zürich");
  });

  it("forgives a few broken characters and an end in the middle of one", () => {
    assert.equal(decodeText(utf8("Zürich und Köln").slice(0, -4), null).slice(0, 6), "Zürich");
    const broken = Uint8Array.from([...utf8("Zürich, Köln, Bär"), 0xff, ...utf8(" und mehr")]);
    assert.equal(decodeText(broken, "utf-8"), "Zürich, Köln, Bär\ufffd und mehr");
  });

  it("finds the charset that a page names itself", () => {
    assert.equal(charsetInMarkup(utf8('<meta charset="gb18030">')), "gb18030");
    assert.equal(charsetInMarkup(utf8("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>")), "koi8-r");
    assert.equal(charsetInMarkup(utf8('<?xml version="1.0" encoding="iso-8859-2"?>')), "iso-8859-2");
    assert.equal(charsetInMarkup(utf8("<p>charset=x")), null);
  });

  it("never fails, whatever the bytes and the name of the charset", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.string()), (bytes, charset) => {
        assert.equal(typeof decodeText(bytes, charset), "string");
      }),
    );
  });
});
