import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAnswer, deliverAnswer, revisionNotes } from "../../src/research/citations.ts";
import type { Source, Verdict } from "../../src/types.ts";

const BRIDGE = `# Alder Bridge

The Alder Bridge is 300 m long and carries the B12 road over the Tarn. It was built in 1932 by Mary Holt.
The bridge may close in 2027 if the council agrees. Cyclists pay nothing, cars pay 2.50 euros.

| Year | Vehicles | Toll (euros) |
|---|---|---|
| 2022 | 18,400 | 46,000 |
| 2023 | 21,900 | 54,750 |
`;
const TOWN = "Alder has 4,000 inhabitants. The mayor is John Pike, a former teacher. The town lies on the Tarn.";

function source(number: number, text: string, url = `https://example.org/${number}`): Source {
  const page = { url, title: `Page ${number}`, publishedAt: null, readAt: "2026-03-01T10:00:00Z", text };
  return {
    number,
    hops: 0,
    foundBy: "search",
    query: null,
    page: { ...page, links: [], anchors: [], parts: [{ start: 0, end: text.length, heading: null }] },
  };
}

const VALLEY = source(
  5,
  `# The Sorrel Valley

The valley has two weather stations. The upper one, on Mount Cade, was set up by the Alpine Club in 1911. Ella Brandt read its instruments every morning.

## Lake Orrin

The lake froze over completely in 1929. It holds 41 million cubic metres of water.

## Floods

Heavy rain fell for three days in May. The Sorrel rose by 2.4 m and carried off the bridge at Tarnow. A new one was opened by the governor, Ines Falk, two years later.

## Weather

The lower station stands beside the mill. Its keeper, Otto Lenz, wrote down 212 mm of rain.
`,
);

const SOURCES = [source(17, BRIDGE), source(3, TOWN)];
const check = (answer: string): ReturnType<typeof checkAnswer> => checkAnswer(answer, SOURCES);
const deliver = (answer: string): ReturnType<typeof deliverAnswer> => deliverAnswer(answer, check(answer), SOURCES);

describe("checkAnswer: marks", () => {
  for (const mark of [
    "【17】",
    "【17†built in 1932】",
    "[17]",
    "[^17]",
    "[17†built in 1932]",
    "[17](https://x.example)",
  ])
    it(`understands ${mark}`, () => {
      const [statement] = check(`The Alder Bridge was built in 1932 ${mark}.`);
      assert.deepEqual(statement?.numbers, [17]);
      assert.equal(statement?.verdict, "supported");
    });

  it("is not led astray by half a code span that a mark quotes", () => {
    const answer = "The bridge is `300` m long 【17†`300 m long and】. The mayor [3] is `John Pike` 【3†The `mayor`】.";
    assert.deepEqual(
      check(answer).map(({ statement, numbers }) => [statement, numbers]),
      [
        ["The bridge is `300` m long.", [17]],
        ["The mayor is `John Pike`.", [3]],
      ],
    );
  });

  it("understands a link to the address of an opened page", () => {
    const [statement] = check("The mayor of Alder is [John Pike](https://www.example.org/3/).");
    assert.deepEqual(statement?.numbers, [3]);
    assert.equal(statement?.statement, "The mayor of Alder is John Pike.");
  });

  it("reads all ways of writing a mark in one answer", () => {
    const answer =
      "The bridge was built in 1932 【17†built in 1932 by Mary Holt】. It is 300 m long [17]. Alder has 4,000 inhabitants [^3]. " +
      "The mayor is [John Pike](https://example.org/3). See `list[3]`.";
    const statements = check(answer);
    assert.deepEqual(
      statements.map(({ numbers }) => numbers),
      [[17], [17], [3], [3], []],
    );
    assert.deepEqual(
      statements.slice(0, 4).map(({ verdict }) => verdict),
      ["supported", "supported", "supported", "supported"],
    );
    assert.match(deliver(answer).answer, /1932 \[1\].*long \[1\].*inhabitants \[2\].*Pike \[2\].*`list\[3\]`/s);
  });

  it("never takes another run's number for a page of this one", () => {
    const answer = "The bridge was built in 1932 【42†built in 1932】. The mayor is John Pike [3].";
    assert.deepEqual(
      check(answer).map(({ verdict }) => verdict),
      ["unsupported", "supported"],
    );
    const { answer: delivered, citations } = deliver(answer);
    assert.doesNotMatch(delivered, /42|1932/);
    assert.deepEqual(
      citations.map(({ url }) => url),
      ["https://example.org/3"],
    );
  });

  it("checks text that is written from right to left", () => {
    const page = "افتتح الجسر عام 1932. يبلغ طول الجسر 300 متر.";
    const sources = [source(1, page)];
    const verdicts = checkAnswer("افتتح الجسر عام 1932 [1]. افتتح الجسر عام 1957 [1].", sources);
    assert.deepEqual(
      verdicts.map(({ verdict }) => verdict),
      ["supported", "unsupported"],
    );
  });

  it("checks Chinese text, whose sentences carry marks of several kinds", () => {
    const sources = [source(1, "大桥于1932年建成。桥长300米。"), source(2, "市长是王伟。")];
    const answer = "大桥于1932年建成【1†1932年建成】。桥长310米[1]。市长是王伟[^2]。";
    const statements = checkAnswer(answer, sources);
    assert.deepEqual(
      statements.map(({ numbers, verdict }) => [numbers, verdict]),
      [
        [[1], "supported"],
        [[1], "unsupported"],
        [[2], "supported"],
      ],
    );
    const { answer: delivered } = deliverAnswer(answer, statements, sources);
    assert.doesNotMatch(delivered, /310/);
    assert.match(delivered, /1932年建成 ?\[1\].*王伟 ?\[2\]/);
  });

  it("reads no mark in code, in the block and in the line, beside one that is a mark", () => {
    const answer = "```\nx[3] 【17】 [^3]\n```\n\nThe mayor is John Pike [3]. Read `y[17]【17】` too.";
    assert.deepEqual(
      check(answer).flatMap(({ numbers }) => numbers),
      [3],
    );
    const { answer: delivered, sources } = deliver(answer);
    assert.match(delivered, /^```\nx\[3\] 【17】 \[\^3\]\n```/);
    assert.match(delivered, /John Pike \[1\]\. Read `y\[17\]【17】` too/);
    assert.equal(sources.length, 1);
  });

  it("reads several numbers in one pair of brackets", () => {
    assert.deepEqual(check("The bridge and the town lie on the Tarn [3, 17].")[0]?.numbers, [3, 17]);
  });

  it("gives a mark behind the full stop to the sentence before it", () => {
    const statements = check("The bridge was built in 1932.【17】 The mayor is John Pike.【3】");
    assert.deepEqual(
      statements.map(({ numbers }) => numbers),
      [[17], [3]],
    );
  });

  it("leaves code alone: an index in brackets there is no mark", () => {
    const statements = check("Read `values[17]` first.\n\n```\nx[3]\n```");
    assert.deepEqual(
      statements.flatMap(({ numbers }) => numbers),
      [],
    );
  });

  it("lets the only mark of a paragraph, at its end, cover the whole paragraph", () => {
    const statements = check("The bridge was built in 1932. It is 300 m long. 【17】");
    assert.deepEqual(
      statements.map(({ numbers }) => numbers),
      [[17], [17]],
    );
    assert.deepEqual(
      statements.map(({ isCovered }) => isCovered),
      [true, false],
    );
  });

  it("leaves a sentence without a mark uncovered when another sentence of its paragraph has its own", () => {
    const statements = check("The mayor is John Pike 【3】. The bridge is red. It was built in 1932 【17】.");
    assert.deepEqual(
      statements.map(({ numbers }) => numbers),
      [[3], [], [17]],
    );
  });

  it("calls a statement unsupported when its mark names a page that was never opened", () => {
    const [statement] = check("The bridge was built in 1932 【99】.");
    assert.equal(statement?.verdict, "unsupported");
    assert.match(statement?.reason ?? "", /99.*not opened/);
  });

  it("takes the passage verbatim from the page", () => {
    const [evidence] = check("Mary Holt built it in 1932 【17】.")[0]?.evidence ?? [];
    assert.ok(evidence);
    assert.equal(BRIDGE.slice(evidence.passage.start, evidence.passage.end), evidence.passage.text);
    assert.match(evidence.passage.text, /built in 1932 by Mary Holt/);
  });

  it("never calls a statement better than weak when its mark quotes words that are not in the page", () => {
    const [statement] = check("The bridge was built in 1932 【17†erected in the year 1932】.");
    assert.equal(statement?.verdict, "weak");
    assert.match(statement?.reason ?? "", /erected in the year 1932/);
  });

  describe("looks where the words stand that a mark quotes", () => {
    const joined = "Ella Brandt took the readings on Mount Cade and Otto Lenz those beside the mill, where 212 mm fell";
    const quotes = [
      "Ella Brandt read its instruments",
      "Its keeper, Otto Lenz",
      "The lower station stands beside the mill",
    ];
    const checkJoined = (statement: string, quoted: readonly string[]): Verdict | undefined => {
      const marks = quoted.map((words) => `【5†${words}】`).join("");
      return checkAnswer(`${statement} ${marks === "" ? "【5】" : marks}.`, [VALLEY])[0]?.verdict;
    };

    it("so that a sentence may join what stands far apart", () => {
      assert.equal(checkJoined(joined, []), "unsupported");
      assert.equal(checkJoined(joined, quotes), "supported");
    });

    it("and takes nothing for true only because a mark quotes the page", () => {
      assert.equal(checkJoined(joined.replace("212", "221"), quotes), "unsupported");
      const turned = joined.replace("Ella Brandt", "X").replace("Otto Lenz", "Ella Brandt").replace("X", "Otto Lenz");
      assert.equal(checkJoined(turned, quotes), "unsupported");
    });

    it("also where they are figures", () => {
      const statement =
        "The Alpine Club set up the upper station on Mount Cade in 1911, and the flood at the bridge of Tarnow was 2.4 m high";
      assert.equal(checkJoined(statement, []), "unsupported");
      assert.equal(checkJoined(statement, ["set up by the Alpine Club in 1911", "rose by 2.4 m"]), "supported");
    });

    it("in the sentence that has all of them, and piece by piece where they reach over two", () => {
      const statement =
        "The Alpine Club's station dates from 1911, 18 years before the lake froze over, and the bridge that the flood took was replaced two years later";
      const reaching = "set up by the Alpine Club in 1911. Ella Brandt read its instruments";
      const rest = ["froze over completely in 1929", "opened by the governor, Ines Falk … two years later"];
      assert.equal(checkJoined(statement, [reaching, ...rest]), "supported");
    });
  });

  it("accepts two sources that carry one sentence together", () => {
    const [statement] = check("The bridge is 300 m long [17], and the mayor is John Pike [3].");
    assert.equal(statement?.verdict, "supported");
  });

  it("keeps only the better one of two sources for a statement that one of them does not bear out", () => {
    const answer = "The mayor is John Pike, a former teacher [17][3].";
    assert.equal(check(answer)[0]?.verdict, "supported");
    assert.deepEqual(
      deliver(answer).sources.map(({ url }) => url),
      ["https://example.org/3"],
    );
  });
});

describe("checkAnswer: what counts as a statement of fact", () => {
  const factual = (answer: string): boolean[] => check(answer).map(({ isFactual }) => isFactual);

  it("does not ask headings, questions and lead-ins for sources", () => {
    assert.deepEqual(factual("# The bridge in short\n\nWho built the bridge then?\n\nThe facts are these:"), [
      false,
      false,
      false,
    ]);
  });

  it("does not ask a confession of not having found something for a source", () => {
    assert.deepEqual(factual("I could not find the cost of the bridge. The sources do not say who paid for it."), [
      false,
      false,
    ]);
  });

  it("knows such a confession in other words, and no finding of the matter itself for one", () => {
    const confessions = [
      "Visitor numbers for the bridge from before 2020 were not found.",
      "No connection between the bridge and the tower was found on either page.",
      "Wann die Brücke wieder öffnet, war nicht zu finden.",
      "No se ha encontrado cuánto costaría el puente.",
    ];
    for (const confession of confessions) assert.deepEqual(factual(confession), [false], confession);
    for (const fact of ["The wreck was not found until 1985.", "The captain was not found guilty of the collision."])
      assert.deepEqual(factual(fact), [true], fact);
  });

  it("asks sentences, list items and table cells for sources", () => {
    assert.deepEqual(
      factual("The bridge is three hundred metres long.\n\n- It was built in 1932\n\n| a | b |\n|---|---|\n| x | 5 |"),
      [true, true, true],
    );
  });

  it("leaves the model's own list of sources out", () => {
    assert.equal(
      check("The bridge was built in 1932 [17].\n\n## Sources\n\n- [17] https://example.org/17\n").length,
      1,
    );
  });
});

describe("checkAnswer: tables", () => {
  it("reads a cell with the heads of its row and its column", () => {
    const cells = check("| Year | Vehicles |\n|---|---|\n| 2023 | 21,900 [17] |\n| 2022 | 21,900 [17] |");
    assert.deepEqual(
      cells.map(({ statement }) => statement),
      ["2023: Vehicles: 21,900", "2022: Vehicles: 21,900"],
    );
    assert.deepEqual(
      cells.map(({ verdict }) => verdict),
      ["supported", "unsupported"],
    );
  });

  it("lets a cell that holds only marks cover its row", () => {
    const cells = check("| Year | Vehicles | Toll | |\n|---|---|---|---|\n| 2022 | 18,400 | 46,000 euros | [17] |");
    assert.deepEqual(
      cells.map(({ numbers, verdict }) => [numbers, verdict]),
      [
        [[17], "supported"],
        [[17], "supported"],
      ],
    );
  });

  it("does not take a bar in code or after a backslash for a border", () => {
    const cells = check("| a | b |\n|---|---|\n| x | `p | q` and r \\| s |");
    assert.deepEqual(
      cells.map(({ statement }) => statement),
      ["x: b: `p | q` and r | s"],
    );
  });
});

describe("deliverAnswer", () => {
  it("numbers the sources for the reader in order of appearance", () => {
    const { answer, sources, citations } = deliver(
      "The mayor is John Pike 【3】. The bridge was built in 1932 【17】.",
    );
    assert.equal(answer, "The mayor is John Pike [1]. The bridge was built in 1932 [2].");
    assert.deepEqual(
      sources.map(({ number, url }) => [number, url]),
      [
        [1, "https://example.org/3"],
        [2, "https://example.org/17"],
      ],
    );
    assert.deepEqual(
      citations.map(({ number, verdict }) => [number, verdict]),
      [
        [1, "supported"],
        [2, "supported"],
      ],
    );
  });

  it("cuts a sentence that failed, with its mark", () => {
    const { answer, removed } = deliver(
      "The bridge is 300 m long 【17】. It was built in 1952 【17】. Cyclists pay nothing 【17】.",
    );
    assert.equal(answer, "The bridge is 300 m long [1]. Cyclists pay nothing [1].");
    assert.equal(removed, 1);
  });

  it("marks a sentence that failed when the next one leans on it", () => {
    const { answer, removed } = deliver("John Stone built the bridge in 1932 【17】. It is 300 m long 【17】.");
    assert.equal(answer, "John Stone built the bridge in 1932 [1]. (unconfirmed) It is 300 m long [1].");
    assert.equal(removed, 0);
  });

  it("drops a list item that failed, but not the head of other items", () => {
    const { answer } = deliver(
      "- Built in 1952 [17]\n- 300 m long [17]\n- The mayor is Jane Stone [3]\n  - a former teacher [3]",
    );
    assert.equal(answer, "- 300 m long [1]\n- The mayor is Jane Stone [2] (unconfirmed)\n  - a former teacher [2]");
  });

  it("puts a dash into a cell that failed and keeps the table's shape", () => {
    const { answer } = deliver("| Year | Vehicles | Toll |\n|---|---|---|\n| 2022 | 18,400 [17] | 99,000 [17] |");
    assert.equal(answer, "| Year | Vehicles | Toll |\n|---|---|---|\n| 2022 | 18,400 [1] | — |");
  });

  it("moves a mark to the sentences it still covers when the last one is cut", () => {
    const { answer } = deliver("The bridge is 300 m long. It was built in 1952 【17】.");
    assert.equal(answer, "The bridge is 300 m long. [1]");
  });

  it("takes headings away whose text was cut", () => {
    const { answer } = deliver(
      "## Length\n\nIt is 300 m long [17].\n\n## Builder\n\nJohn Stone built it in 1952 [17].\n",
    );
    assert.equal(answer, "## Length\n\nIt is 300 m long [1].");
  });

  it("says so when nothing is left", () => {
    const { answer, citations, sources } = deliver("The bridge was built in 1952 by John Stone [17].");
    assert.match(answer, /Nothing in this answer could be confirmed/);
    assert.deepEqual([citations, sources], [[], []]);
  });

  it("names statements of fact that have no mark", () => {
    assert.deepEqual(deliver("The bridge is painted dark green.\n\nThe mayor is John Pike [3].").uncited, [
      "The bridge is painted dark green.",
    ]);
  });

  it("keeps no link to a page that was not opened, and no address alive", () => {
    const { answer } = deliver(
      "The mayor is John Pike [3], see [here](https://evil.example/x) or https://evil.example/y.",
    );
    assert.equal(answer, "The mayor is John Pike [1], see here or `https://evil.example/y`.");
  });

  it("replaces the model's list of sources by its own", () => {
    const { answer, sources } = deliver(
      "The mayor is John Pike [3].\n\n**Sources:**\n\n1. https://example.org/3\n2. https://evil.example",
    );
    assert.equal(answer, "The mayor is John Pike [1].");
    assert.equal(sources.length, 1);
  });

  it("tells which of two places with the same words a passage is", () => {
    const sources = [source(5, "Some say that the toll is 3 euros.\n\nThis is new.\n\nThe toll is 3 euros.")];
    const answer = "The toll is 3 euros 【5】.";
    const [citation] = deliverAnswer(answer, checkAnswer(answer, sources), sources).citations;
    assert.equal(citation?.passage?.text, "The toll is 3 euros.");
    assert.equal(citation.passage.before, "is new.");
  });

  it("does not repeat a number that already stands there", () => {
    assert.equal(deliver("The mayor is John Pike 【3】【3†John Pike】.").answer, "The mayor is John Pike [1].");
  });

  it("leaves an index and a year in brackets readable, but no marks", () => {
    const { answer } = deliver('The mayor is John Pike, "elected in [2019]" 【3】. Take list[0] here.');
    assert.match(answer, /list\\\[0\\\]/);
    assert.doesNotMatch(answer, /(?<!\\)\[2019\]/);
  });

  it("says in the answer's language that something is not confirmed", () => {
    const text = "Die Brücke ist 300 m lang und wurde 1932 von Maria Holt gebaut.";
    const sources = [source(5, text)];
    const answer = "Die Brücke wurde 1952 von Hans Stein gebaut 【5】. Sie ist 300 m lang 【5】.";
    const { answer: delivered } = deliverAnswer(answer, checkAnswer(answer, sources), sources);
    assert.match(delivered, /gebaut \[1\]\. \(nicht bestätigt\) Sie/);
  });

  it("judges a page by what was stored, not by what another reading of it says", () => {
    const answer = "The bridge is 300 m long [17].";
    const changed = [source(17, BRIDGE.replace("300 m", "310 m"))];
    assert.equal(checkAnswer(answer, changed)[0]?.verdict, "unsupported");
  });

  it("judges pages that it has checked before as it judged them first", () => {
    const answer = "The bridge is 310 m long [17]. Mary Holt built it in 1932 [17]. John Pike teaches [3].";
    const first = check(answer);
    check("The bridge was never closed [17]. In 2023, 54,750 euros were paid [17].");
    assert.deepEqual(check(answer), first);
  });

  it("reads a page anew when its text has changed", () => {
    const bridge = source(17, BRIDGE);
    const answer = "The bridge is 310 m long [17].";
    assert.equal(checkAnswer(answer, [bridge])[0]?.verdict, "unsupported");
    bridge.page.text = BRIDGE.replace("300 m", "310 m");
    assert.equal(checkAnswer(answer, [bridge])[0]?.verdict, "supported");
  });
});

describe("revisionNotes", () => {
  it("is empty when nothing failed", () => {
    assert.equal(revisionNotes(check("The bridge is 300 m long 【17】."), SOURCES), "");
  });

  it("says what failed, why, and what the page says instead", () => {
    const notes = revisionNotes(check("The bridge was built in 1952 【17】."), SOURCES);
    assert.match(notes, /built in 1952.*【17】/);
    assert.match(notes, /1932/);
    assert.match(notes, /Page 17 says: "It was built in 1932 by Mary Holt\."/);
  });

  it("tells the model which numbers were never opened", () => {
    assert.match(revisionNotes(check("The bridge is 300 m long 【99】."), SOURCES), /99 was never opened/);
  });

  it("asks for a mark where a statement of fact has none", () => {
    assert.match(revisionNotes(check("The bridge is painted dark green."), SOURCES), /names no source/);
  });
});
