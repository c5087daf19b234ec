import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deliverAnswer } from "../../src/research/citations.ts";
import { checkDraft, withVerdictsAtDelivery } from "../../src/research/drafts.ts";
import { createTalk } from "../../src/talk/talk.ts";
import type { Source, TalkMessage } from "../../src/types.ts";

const SAID: [id: string, thread: string, author: string, text: string][] = [
  ["1", "1", "Jonas", "Do we want to keep the legacy export endpoint after January? three customers still use it"],
  ["2", "1", "Maya", "good question"],
  ["3", "1", "Lena", "let's keep it until end of March and email the three customers"],
  ["4", "4", "Priya", "invoice PDFs: the VAT id is missing on page 2"],
  ["5", "4", "Priya", "I'll fix it today, PR by 5pm"],
  ["6", "6", "Tom", "We decided to upgrade to Postgres 17.2. It took 11 minutes."],
  ["7", "6", "Maya", "great work!"],
];

async function sourcesOf(): Promise<Source[]> {
  const messages = SAID.map(([id, threadId, author, text]): TalkMessage => {
    const at = `2026-11-24T${String(8 + Number(id)).padStart(2, "0")}:00:00.000Z`;
    return { id, author, at, text, permalink: `https://acme.example/p${id}`, threadId, replies: 0 };
  });
  const { threads, openPage } = createTalk(messages, "2026-11-25T00:00:00.000Z");
  const { signal } = new AbortController();
  const pages = await Promise.all(threads.toReversed().map(({ url }) => openPage(url, { signal })));
  return pages.map((page, index) => ({ number: index + 1, page, hops: 0, foundBy: "asker", query: null }));
}

/** What is delivered of an answer whose marks name the conversations 1, 2 and 3. */
async function deliver(answer: string) {
  const { delivery, statements } = checkDraft(answer, await sourcesOf());
  const { citations, removed, ...delivered } = deliverAnswer(delivery.text, delivery.statements, delivery.sources);
  return { ...delivered, removed, statements, links: citations.map(({ url }) => url.slice(-2)), citations };
}

describe("a point of a talk", () => {
  it("rests on the one message that says it", async () => {
    const { links, citations } = await deliver("- **News:** Tom's upgrade to Postgres 17.2 took 11 minutes. 【3】");
    assert.deepEqual(links, ["p6"]);
    assert.equal(citations[0]?.verdict, "supported");
  });

  it("rests on an answer and on what it answers when neither says it alone, and cites both", async () => {
    const kept = await deliver("- **Decided:** Lena: the legacy export endpoint stays until the end of March. 【1】");
    assert.deepEqual(kept.links, ["p3", "p1"]);
    assert.ok(kept.citations.every(({ verdict }) => verdict === "supported"));
    const fixed = await deliver("- **Promised:** Priya will fix the invoice PDFs today. 【2】");
    assert.deepEqual(fixed.links.toSorted(), ["p4", "p5"]);
  });

  it("may not put an answer into the mouth of whoever asked", async () => {
    const { links, removed } = await deliver(
      "- **Decided:** Jonas keeps the legacy export endpoint until the end of March. 【1】",
    );
    assert.deepEqual([links, removed], [[], 1]);
  });

  it("may not name somebody who has nothing to do with it, also by a first name alone", async () => {
    const { links, removed, statements } = await deliver(
      "- **Promised:** Jonas will fix the invoice PDFs today. 【2】",
    );
    assert.deepEqual([links, removed], [[], 1]);
    assert.match(statements[0]?.reason ?? "", /No message says all of this/);
  });

  it("is told as it was judged at its message, and no reader may overrule who had nothing to do with it", async () => {
    const draft = checkDraft("- **Promised:** Jonas will fix the invoice PDFs today. 【2】", await sourcesOf());
    assert.equal(draft.delivery.statements.find(({ isFactual }) => isFactual)?.isSettled, true);
    const judged = draft.delivery.statements.map((one) => ({ ...one, verdict: "weak" as const, reason: "Somebody." }));
    const { statements, delivery } = withVerdictsAtDelivery(draft, judged);
    assert.deepEqual(delivery.statements, judged);
    assert.ok(statements.every(({ verdict, reason }) => verdict === "weak" && reason === "Somebody."));
    assert.deepEqual(
      statements.map(({ numbers }) => numbers),
      draft.statements.map(({ numbers }) => numbers),
    );
  });

  it("keeps figures as they were said", async () => {
    const { links, removed } = await deliver("- **News:** The upgrade to Postgres 17.2 took 21 minutes. 【3】");
    assert.deepEqual([links, removed], [[], 1]);
  });

  it("is a question when it was one", async () => {
    const { links } = await deliver(
      "- **Asked:** Jonas asked whether to keep the legacy export endpoint after January. 【1】",
    );
    assert.deepEqual(links, ["p1"]);
  });

  it("shares a mark with the sentence before it, each with a link of its own", async () => {
    const { links } = await deliver("- Tom decided to upgrade to Postgres 17.2. The upgrade took 11 minutes. 【3】");
    assert.deepEqual(links, ["p6", "p6"]);
  });
});
