import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Evidence, gateNote, judge } from "../../src/research/gate.ts";
import { createPageIndexes } from "../../src/research/passages.ts";
import { planOf } from "../../src/research/plan.ts";
import type { Source } from "../../src/types.ts";
import { makePage } from "../helpers/pages.ts";

function source(number: number, url: string, text: string, publishedAt: string | null = null): Source {
  return { number, page: makePage(url, "", text, publishedAt), hops: 0, foundBy: "search", query: `query ${number}` };
}

const HERON = source(1, "https://birds.example/heron", "The grey heron eats mostly fish. It nests in tall trees.");
const STUDY = source(
  2,
  "https://lakes.example/study",
  "At the lake, every grey heron ate fish, frogs and once a mole.",
);

function evidence(change: Partial<Evidence> = {}): Evidence {
  return {
    question: "What does the grey heron eat?",
    plan: planOf(["What does the grey heron eat?"]),
    sources: [HERON, STUDY],
    queries: ["grey heron food", "grey heron eat fish"],
    contradictions: [],
    searchesSinceContradiction: 0,
    depth: "standard",
    now: "2026-11-23T08:00:00.000Z",
    indexOf: createPageIndexes(),
    ...change,
  };
}

function broken(change: Partial<Evidence>): string[] {
  return judge(evidence(change))
    .rules.filter(({ held }) => !held)
    .map(({ name }) => name);
}

describe("the finish gate", () => {
  it("accepts evidence that covers the question from two places", () => {
    const verdict = judge(evidence());
    assert.equal(verdict.isPassed, true);
    assert.equal(verdict.score, 1);
    assert.deepEqual(verdict.gaps, []);
  });

  it("refuses an end without an opened page", () => {
    const verdict = judge(evidence({ sources: [] }));
    assert.equal(verdict.isPassed, false);
    assert.deepEqual(broken({ sources: [] }), ["reading", "coverage", "independence"]);
    assert.match(gateNote(verdict), /No page was opened/);
  });

  it("names the sub-question of which no opened page speaks", () => {
    const plan = planOf(["What does the grey heron eat?", "How long do flamingos live in captivity?"]);
    const verdict = judge(evidence({ plan }));
    assert.equal(verdict.isPassed, false);
    assert.deepEqual(verdict.gaps, ["How long do flamingos live in captivity?"]);
    assert.match(gateNote(verdict), /flamingos/);
  });

  it("asks for a second search and for an independent place", () => {
    assert.deepEqual(broken({ queries: ["grey heron eat"] }), ["effort"]);
    assert.deepEqual(broken({ sources: [HERON, { ...STUDY, query: HERON.query }] }), ["effort"]);
    assert.deepEqual(broken({ sources: [HERON] }), ["independence"]);
    const sameHost = source(3, "https://www.birds.example/egret", "The little egret and the grey heron eat fish.");
    assert.deepEqual(broken({ sources: [HERON, sameHost] }), ["independence"]);
  });

  it("wants each sub-question searched for, also where a page speaks of it by chance", () => {
    const plan = planOf(["What does the grey heron eat?", "Where does the grey heron nest in tall trees?"]);
    const verdict = judge(evidence({ plan, queries: ["heron food eat", "what herons eat"] }));
    assert.deepEqual(
      verdict.rules.filter(({ held }) => !held).map(({ name }) => name),
      ["searching"],
    );
    assert.deepEqual([verdict.isPassed, verdict.gaps], [false, []]);
    assert.match(gateNote(verdict), /Nothing was searched for: Where does the grey heron nest in tall trees\?/);
    assert.deepEqual(broken({ plan, queries: ["heron food eat", "heron nest trees"] }), []);
  });

  it("lets one light rule be missed at depth standard, none at depth deep", () => {
    const old = source(1, "https://a.example/", HERON.page.text, "2019-01-01T00:00:00.000Z");
    const change = { question: "What does the grey heron eat currently?", sources: [old, STUDY] };
    assert.equal(judge(evidence(change)).isPassed, true);
    const places = ["c", "d"].map((host, index) =>
      source(index + 3, `https://${host}.example/`, `The grey heron ${host} will eat fish of the ${host} lake.`),
    );
    const deep = {
      ...change,
      depth: "deep" as const,
      queries: ["heron eat", "heron food", "heron diet", "heron prey"],
    };
    const verdict = judge(evidence({ ...deep, sources: [old, STUDY, ...places] }));
    assert.deepEqual(
      verdict.rules.filter(({ held }) => !held).map(({ name }) => name),
      ["recency"],
    );
    assert.equal(verdict.isPassed, false);
    assert.ok(verdict.score > 0.9 && verdict.score < 1);
  });

  it("tells for every rule that is broken what to do next", () => {
    const contradictions = [
      {
        about: "share of fish",
        claims: [
          { number: 1, value: "80%", passage: "a" },
          { number: 2, value: "60%", passage: "b" },
        ],
      },
    ];
    const question = "What does the flamingo eat currently?";
    const verdict = judge(evidence({ question, plan: planOf([question]), sources: [], queries: [], contradictions }));
    const broken = verdict.rules.filter(({ held }) => !held);
    assert.equal(broken.length, verdict.rules.length, "all of them");
    for (const { name, reason, next = "" } of broken) {
      assert.match(next, /(?:open|Search|Find|Look for)/, name);
      assert.ok(gateNote(verdict).includes(`${reason} ${next}`), name);
    }
    assert.equal(verdict.score, 0);
  });

  it("does not take a copy of a text for a second source", () => {
    const text =
      "The grey heron eats mostly fish in the lake. It nests in tall trees near water. Its young leave after fifty days.";
    const copy = source(3, "https://mirror.example/heron", text);
    assert.deepEqual(broken({ sources: [source(1, "https://birds.example/heron", text), copy] }), ["independence"]);
  });

  it("wants a recent page only where the question is about the present", () => {
    const old = source(1, "https://a.example/", HERON.page.text, "2019-01-01T00:00:00.000Z");
    assert.deepEqual(broken({ sources: [old, STUDY] }), []);
    const question = "What does the grey heron eat currently?";
    assert.deepEqual(broken({ question, sources: [old, STUDY] }), ["recency"]);
    const fresh = source(2, "https://b.example/", STUDY.page.text, "2026-10-01T00:00:00.000Z");
    assert.deepEqual(broken({ question, sources: [old, fresh] }), []);
  });

  it("says of every rule what it found, without the numbers of the run, and what to do only where one is broken", () => {
    const { rules } = judge(evidence());
    for (const { name, reason, next } of rules) {
      assert.match(reason, /^[A-Z\d].*\.$/, name);
      assert.deepEqual([reason.includes("【"), next], [false, undefined], name);
    }
  });

  it("does not take a copy that is set with other quotes and dashes for a second source", () => {
    const text = "The “grey heron” eats mostly fish — in the lake. Its young leave after fifty days, as it's known.";
    const copy = text.replace(/[“”]/g, '"').replace("—", "-").replace("it's", "it’s").toUpperCase();
    const sources = [source(1, "https://birds.example/", text), source(3, "https://mirror.example/", copy)];
    assert.deepEqual(broken({ sources }), ["independence"]);
  });

  it("lets a page in another language cover a question whose names it holds", () => {
    const plan = planOf(["Wie lang ist die Brücke von Velm und wer hat sie gebaut?"]);
    const english = source(
      4,
      "https://b.example/",
      "The crossing of Velm is 300 metres and was made by the Holts in the year of the flood.",
    );
    const other = source(
      5,
      "https://c.example/",
      "The crossing of Tarn is 300 metres and was made by the Holts in the year of the flood.",
    );
    assert.deepEqual(judge(evidence({ plan, sources: [english] })).gaps, []);
    assert.deepEqual(judge(evidence({ plan, sources: [other] })).gaps, [plan.subQuestions[0]?.text]);
  });

  const PRESENT = [
    "What is the latest version of it?",
    "Who leads it in 2026?",
    "Was ist der neueste Stand?",
    "¿Quién lo dirige actualmente?",
    "Quelle est la dernière version ?",
    "它最新的版本是什么？",
    "What is the current version?",
    "What is new these days?",
  ];
  const TIMELESS = [
    "What is the actual cause of it?",
    "Which direct current flows there?",
    "What is the current in a lamp?",
    "Who led it in 2019?",
    "How does snow know its way?",
  ];
  for (const question of PRESENT)
    it(`hears the present in “${question}”`, () => {
      const old = source(1, "https://a.example/", HERON.page.text, "2019-01-01T00:00:00.000Z");
      assert.ok(broken({ question, sources: [old, STUDY] }).includes("recency"));
    });
  for (const question of TIMELESS)
    it(`hears no present in “${question}”`, () => {
      const old = source(1, "https://a.example/", HERON.page.text, "2019-01-01T00:00:00.000Z");
      assert.ok(!broken({ question, sources: [old, STUDY] }).includes("recency"));
    });

  it("wants a page of these weeks for today, and believes no date of the future", () => {
    const dated = (day: string) => [source(1, "https://a.example/", HERON.page.text, `${day}T00:00:00.000Z`), STUDY];
    const question = "What does the grey heron eat today?";
    assert.deepEqual(broken({ question, sources: dated("2026-08-01") }), ["recency"]);
    assert.deepEqual(broken({ question, sources: dated("2026-11-10") }), []);
    assert.deepEqual(broken({ question, sources: dated("2099-01-01") }), ["recency"]);
  });

  it("wants a contradiction looked into, once", () => {
    const contradictions = [
      {
        about: "share of fish",
        claims: [
          { number: 1, value: "80%", passage: "a" },
          { number: 2, value: "60%", passage: "b" },
        ],
      },
    ];
    assert.deepEqual(broken({ contradictions }), ["disagreement"]);
    assert.equal(judge(evidence({ contradictions })).isPassed, false, "at any depth");
    assert.equal(judge(evidence({ contradictions, depth: "quick" })).isPassed, false);
    assert.match(gateNote(judge(evidence({ contradictions }))), /80% 【1】, 60% 【2】/);
    assert.deepEqual(broken({ contradictions, searchesSinceContradiction: 1 }), []);
  });
});
