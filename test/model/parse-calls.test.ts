import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseCalls } from "../../src/model/parse-calls.ts";
import { tools } from "./helpers.ts";

const parse = (reply: string) => parseCalls(reply, tools, { onlyKnown: false });
const search = (query: unknown) => ({ name: "search", arguments: { query } });

describe("parseCalls", () => {
  it("reads the published form: thinking, its end, one bare object", () => {
    const reply = 'I should look this up.</think>{"name": "search", "arguments": {"query": "first ascent"}}';
    assert.deepEqual(parse(reply).calls, [search("first ascent")]);
    assert.equal(parse(reply).text, "");
  });

  it("reads a call in a fence with prose around it, and keeps the prose as text", () => {
    const parsed = parse('Let me see.\n\n```json\n{"name": "click", "arguments": {"link_id": 7}}\n```\nOne moment.');
    assert.deepEqual(parsed.calls, [{ name: "click", arguments: { link_id: 7 } }]);
    assert.equal(parsed.text, "Let me see.\n\nOne moment.");
  });

  it("reads several objects in their order, in lines or in a list", () => {
    const lines = '{"name":"search","arguments":{"query":"a"}}\n{"name":"search","arguments":{"query":"b"}}';
    assert.deepEqual(parse(lines).calls, [search("a"), search("b")]);
    assert.deepEqual(parse(`[${lines.replace("\n", ", ")}]`).calls, [search("a"), search("b")]);
    assert.equal(parse(`[${lines.replace("\n", ", ")}]`).text, "");
  });

  it("takes arguments as JSON text, under the name parameters, and inside the OpenAI form", () => {
    assert.deepEqual(parse('{"name":"search","arguments":"{\\"query\\":\\"x\\"}"}').calls, [search("x")]);
    assert.deepEqual(parse('{"name":"search","parameters":{"query":"x"}}').calls, [search("x")]);
    const whole = {
      tool_calls: [{ id: "1", type: "function", function: { name: "search", arguments: '{"query":"x"}' } }],
    };
    assert.deepEqual(parse(JSON.stringify(whole)).calls, [search("x")]);
  });

  it("reads tool_call markup with keys and values, by the types of the schema", () => {
    const markup = `<tool_call>search
<arg_key>query</arg_key>
<arg_value>2024</arg_value>
</tool_call>
<tool_call>click<arg_key>link_id</arg_key><arg_value>4</arg_value></tool_call>`;
    assert.deepEqual(parse(markup).calls, [search("2024"), { name: "click", arguments: { link_id: 4 } }]);
  });

  it("reads tool_call markup with JSON inside, also when it is not closed", () => {
    assert.deepEqual(parse('<tool_call>{"name": "search", "arguments": {"query": "h"}}').calls, [search("h")]);
  });

  it("takes a call at the end of thinking that was never closed, and none from its middle", () => {
    const call = '{"name":"search","arguments":{"query":"z"}}';
    assert.deepEqual(parse(`<think>so I call ${call}`).calls, [search("z")]);
    assert.deepEqual(parse(`<think>should I call ${call}? Rather not.`).calls, []);
  });

  it("makes no call of what was only considered in closed thinking", () => {
    assert.deepEqual(parse('<think>{"name":"finish","arguments":{}}</think>Not yet.').calls, []);
  });

  it("keeps broken arguments as text under the name of the function, so that the model can be told", () => {
    const [call] = parse('{"name": "search", "arguments": {"query": "unclosed').calls;
    assert.equal(call?.name, "search");
    assert.equal(typeof call?.arguments, "string");
    assert.deepEqual(parse('{"name": "search", "arguments": "not json"}').calls, [
      { name: "search", arguments: "not json" },
    ]);
  });

  it("finds a good call behind a brace that leads nowhere", () => {
    const parsed = parse('The form {"a: then {"name":"search","arguments":{"query":"ok"}}');
    assert.deepEqual(parsed.calls, [search("ok")]);
    assert.equal(parsed.problems.length, 1);
  });

  it("tells a report that was written behind finish from the words before it", () => {
    const parsed = parse('I am done.\n{"name": "finish", "arguments": {}}\n# Report\n\nIt was 1953.');
    assert.deepEqual(parsed.calls, [{ name: "finish", arguments: {} }]);
    assert.equal(parsed.textAfter, "# Report\n\nIt was 1953.");
  });

  it("leaves other JSON where it is, such as a plan", () => {
    const plan = '{"sub_questions": ["Who?", "When?"]}';
    assert.deepEqual(parse(plan), { text: plan, textAfter: "", calls: [], problems: [] });
  });

  it("passes unknown names on only where the loop can answer them", () => {
    const reply = '{"name": "browse", "arguments": {}}';
    assert.equal(parseCalls(reply, tools, { onlyKnown: false }).calls.length, 1);
    assert.equal(parseCalls(reply, tools, { onlyKnown: true }).calls.length, 0);
  });

  it("never throws and always ends, whatever a reply is made of", () => {
    const pieces = fc.constantFrom(
      "<think>", "</think>", "<tool_call>", "</tool_call>", "<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>",
      "```json\n", "```", "{", "}", "[", "]", '"', "\\", ",", ":", '{"name":', '"search"', '"arguments":', "finish",
      '{"name":"search","arguments":{"query":"q"}}', '{"name":"finish","arguments":{}}', "null", "17", "\n", " ",
    ); // biome-ignore format: a list of pieces
    const reply = fc.array(fc.oneof(pieces, fc.string(), fc.string({ unit: "binary" })), { maxLength: 60 });
    fc.assert(
      fc.property(reply, (parts) => {
        const parsed = parse(parts.join(""));
        assert.ok(parsed.calls.every(({ name, arguments: given }) => typeof name === "string" && given !== undefined));
      }),
      { numRuns: 1_000 },
    );
  });

  // A parser that reads a text again for each of its braces would need hours for these; the limit only ends the wait.
  it("gets through hostile replies of 400,000 characters", { timeout: 60_000 }, () => {
    const hostile = [
      '{"',
      "{",
      "<tool_call>",
      "<think>",
      ",[",
      "```\n",
      "<arg_key>",
      '{"name":"search",',
      "</think>",
      '"\\',
    ];
    for (const piece of hostile) {
      const reply = piece.repeat(Math.ceil(400_000 / piece.length));
      assert.equal(typeof parse(reply).text, "string");
      assert.equal(parse(`${reply}{"name":"finish","arguments":{}}${reply}`).calls.length <= 1, true);
    }
  });

  it("finds a call wherever prose, thinking and fences put it", () => {
    const prose = fc.string().map((text) => text.replace(/[{}<>"`[\],\\]/g, ""));
    const call = fc.record({
      name: fc.constantFrom("search", "open"),
      arguments: fc.dictionary(fc.string(), fc.string()),
    });
    fc.assert(
      fc.property(
        prose,
        fc.array(call, { minLength: 1, maxLength: 4 }),
        prose,
        fc.boolean(),
        (before, calls, after, isFenced) => {
          const body = calls.map((one) => JSON.stringify(one)).join("\n");
          const fenced = isFenced ? `\`\`\`json\n${body}\n\`\`\`` : body;
          const parsed = parse(`<think>${before}</think>${before}\n${fenced}\n${after}`);
          assert.deepEqual(JSON.parse(JSON.stringify(parsed.calls)), JSON.parse(JSON.stringify(calls)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
