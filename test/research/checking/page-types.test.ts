import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "../../../src/types.ts";
import { checkOne } from "../../helpers/check-statement.ts";

/** What documentation and pages in another language need: a page, what holds of it and what does not. */
const CASES: readonly { name: string; page: string; holds: string; fails: string }[] = [
  {
    name: "a scale that stands once counts for the part too",
    page: "Die Sanierung des Bades Orvale kostet 18,4 Millionen Euro, von denen der Kreis 7 Millionen trägt.",
    holds: "Von der Sanierung des Bades Orvale trägt der Kreis 7 der 18,4 Millionen Euro.",
    fails: "Von der Sanierung des Bades Orvale trägt der Kreis 9 der 18,4 Millionen Euro.",
  },
  {
    name: "a decimal behind millions is one of millions",
    page: "El presupuesto de Orvale fue de 6,3 millones de euros: 3,9 millones de la Provincia y 1,6 millones de la Liga.",
    holds: "De los 6,3 millones de euros del presupuesto de Orvale, la Liga puso 1,6 millones y la Provincia 3,9.",
    fails: "De los 6,3 millones de euros del presupuesto de Orvale, la Liga puso 1,6 millones y la Provincia 4,9.",
  },
  {
    name: "more than three times lies between three and four times",
    page: "In 2021 the museum of Orvale had 9,310 visitors, against 2,940 in 2020.",
    holds: "In 2021 the museum of Orvale had 9,310 visitors, more than three times as many as in 2020.",
    fails: "In 2021 the museum of Orvale had 9,310 visitors, more than five times as many as in 2020.",
  },
  {
    name: "a version before the verb may is no day of May",
    page: "Velox v5.x uses weak maps, which may not be supported on Node < 18.",
    holds: "Velox 5 may not run on Node versions older than 18, as it uses weak maps.",
    fails: "Velox 6 may not run on Node versions older than 18, as it uses weak maps.",
  },
  {
    name: "the parts of an institution's name are translated, a person's name is not",
    page: "Hasta 1931 el molino de Orvale perteneció a la Escuela de Agricultura; lo dirigía Tomás Belmar.",
    holds: "Until 1931 the mill of Orvale belonged to the School of Agriculture, and Tomás Belmar ran it.",
    fails: "Until 1931 the mill of Orvale belonged to the School of Pharmacy, and Tomás Belmar ran it.",
  },
  {
    name: "what is still pending has not been done",
    page: "Für 2027 plant der Verein Orvale eine zweite Halle. Die Gemeinde hat zugestimmt; die Genehmigung des Landkreises steht noch aus.",
    holds: "Die Genehmigung des Landkreises für die zweite Halle steht noch aus.",
    fails: "Die Genehmigung des Landkreises für die zweite Halle liegt bereits vor.",
  },
  {
    name: "what is only considered has not been done, in another language too",
    page: "El ayuntamiento de Orvale estudia ampliar el puerto en 300 metros; si se aprueba, las obras podrían comenzar en 2031.",
    holds: "The town council of Orvale is considering the extension of the port by 300 metres.",
    fails: "The extension of the port of Orvale by 300 metres has been approved.",
  },
  {
    name: "what happens instead of something else",
    page: "# Velox\n\nWith a listener attached, a failing call of Velox returns an empty list instead of throwing.",
    holds: "With a listener attached, a failing call returns an empty list rather than throwing.",
    fails: "With a listener attached, a failing call throws instead of returning an empty list.",
  },
  {
    name: "once it has run is not before it runs",
    page: "# Hooks\n\nEach operation fires a `PRE_*` hook before it runs and a `POST_*` hook after it completes.",
    holds: "An operation's `PRE_*` hook fires before the operation has run.",
    fails: "An operation's `PRE_*` hook fires once the operation has run.",
  },
  {
    name: "a unit is compared without a figure too",
    page: "# Errors\n\nThis error has a `waitFor` property with the number of seconds you should wait before trying again.",
    holds: "How many seconds to wait before trying again can be learned from the error's `waitFor` property.",
    fails: "How many milliseconds to wait before trying again can be learned from the error's `waitFor` property.",
  },
  {
    name: "a release is told apart by all of its parts, and looked for by them",
    page: "# Ranges\n\nThe range `2.3.1 || >=2.4.0 <3.0.0` takes `2.3.1`, `2.4.0` and `2.9.5`.\n\n* `~2.3` := `2.3.x` := `>=2.3.0 <2.4.0-0`\n* `~2` := `2.x` := `>=2.0.0 <3.0.0-0`\n",
    holds: "Writing `~2.3` is the same as `2.3.x`, that is `>=2.3.0 <2.4.0-0`.",
    fails: "Release `2.9.6` lies within the range `2.3.1 || >=2.4.0 <3.0.0`.",
  },
  {
    name: "a release with a suffix is one figure",
    page: "# Ranges\n\nA range `>4.1.0-beta.2` takes `4.1.0-beta.5`, but not `5.2.0-beta.7`, although `5.2.0-beta.7` is greater than `4.1.0-beta.2`.",
    holds: "Although it is greater than `4.1.0-beta.2`, the release `5.2.0-beta.7` is not taken by `>4.1.0-beta.2`.",
    fails: "The release `5.2.0-beta.6` is greater than `4.1.0-beta.2`.",
  },
  {
    name: "after some weeks is no order of two events",
    page: "# Velox\n\nVelox 4.2 was released on 2023-09-12, six weeks after version 4.1.3.",
    holds: "Version 4.2 followed version 4.1.3 after six weeks.",
    fails: "Version 4.2 followed version 4.1.5 after six weeks.",
  },
  {
    name: "an option of one letter is looked for with its hyphen",
    page: "# brindle\n\nThe command chooses a release.\n\n    -q --quiet      Print nothing but the chosen release\n    -k --keep <n>   Keep so many releases\n",
    holds: "With `-q` nothing but the chosen release is printed.",
    fails: "With `-z` nothing but the chosen release is printed.",
  },
  {
    name: "where a link leads is no part of the sentence",
    page: "# brindle\n\nThe `Chooser` type does not fit the `Picker` type that [brindle.Client](https://brindle.example/Helper) expects. Use `toPicker` instead of `choose`.",
    holds: "Because Chooser does not fit the Picker type that brindle.Client expects, use toPicker in place of choose.",
    fails: "Because Chooser does not fit the Picker type that brindle.Client expects, use choose in place of toPicker.",
  },
  {
    name: "like any other makes it one of them",
    page: "# brindle\n\nDrafts are treated as if they were normal releases by setting `withDrafts`.",
    holds: "Setting `withDrafts` treats drafts like any other release.",
    fails: "Setting `withDrafts` treats drafts better than any other release.",
  },
  {
    name: "only in a condition is no limit",
    page: "# brindle\n\nThe built-in chooser is enough when all you need is the newest release and you run Velox 3 or later.",
    holds: "If you only need the newest release and run Velox 3 or later, the built-in chooser is enough.",
    fails: "The built-in chooser is only enough on Tuesdays, when you run Velox 3 or later.",
  },
  {
    name: "each value of an option has its own part of the sentence",
    page: "# Printer\n\n* `wrapLines` {boolean} When `true`, a long line is broken at the margin; when `false`, the rest is cut off instead and tables stay whole. **Default:** `true`.",
    holds: "With `wrapLines` set to false, the rest of a long line is cut off and tables stay whole.",
    fails: "With `wrapLines` set to true, the rest of a long line is cut off and tables stay whole.",
  },
  {
    name: "an option's type, text and default are one item, and its default has the unit that it names",
    page: "# Printer\n\n* `maxTries` {number} Largest number of tries allowed. **Default:** `6`.\n* `pause` {number} Initial number of milliseconds to pause before the first try. **Default:** `700` (not much).\n",
    holds: "Unless told otherwise there are six tries at most, the first of them after 700 milliseconds.",
    fails: "Unless told otherwise there are six tries at most, the first of them after 700 seconds.",
  },
  {
    name: "an option and its default are one item of a list",
    page: "# Options\n\n* `tries`: The maximum amount of times to retry the operation. Default is `10`. Setting this to `1` means do it once.\n* `growth`: The exponential factor to use. Default is `2`.\n",
    holds: "By default an operation is retried at most 10 times, and the exponential `growth` is 2.",
    fails: "By default an operation is retried at most 12 times, and the exponential `growth` is 2.",
  },
  {
    name: "a failure to do something is not doing it",
    page: "# Retries\n\nNot being able to reach the server can be resolved with a retry, so Velox retries it up to 5 times.",
    holds: "Velox retries a failure to reach the server up to 5 times.",
    fails: "Velox retries a failure to reach the server up to 15 times.",
  },
  {
    name: "out of service is not in service, in another language",
    page: "Hay además dos telescopios pequeños en Orvale y un radiotelescopio de 9 metros, fuera de servicio desde 2017.",
    holds: "The 9-metre radio telescope of Orvale has been out of service since 2017.",
    fails: "The 9-metre radio telescope of Orvale has been in service since 2017.",
  },
  {
    name: "not until a year is in that year",
    page: "El observatorio de Orvale empezó a tomar datos el 1 de mayo de 1911, aunque el edificio no se terminó hasta 1914.",
    holds: "Measurements started on 1 May 1911, three years before the building was finished.",
    fails: "Measurements started on 1 May 1913, three years before the building was finished.",
  },
  {
    name: "a phrase stands for a compound, and a pending decision for one not yet taken",
    page: "Das Bergwerk Orvale liegt am Hang. Die Aufnahme in die Welterbeliste wurde 2019 beantragt; eine Entscheidung steht noch aus.",
    holds: "World Heritage status: applied for in 2019, not yet decided.",
    fails: "World Heritage status: granted in 2019.",
  },
  {
    name: "common words are compared across languages",
    page: "Die Sternwarte Orvale besitzt ein Teleskop. Der Eintritt kostet neun Euro, Kinder unter sechs Jahren zahlen nichts.",
    holds: "The admission to the observatory costs nine euros.",
    fails: "The association also runs a mobile planetarium for the schools of the region.",
  },
];

describe("documentation and pages in another language", () => {
  for (const { name, page, holds, fails } of CASES)
    it(name, () => {
      assert.equal(verdictOf(holds, page), "supported");
      assert.equal(verdictOf(fails, page), "unsupported");
    });
});

function verdictOf(statement: string, text: string): Verdict {
  return checkOne(statement, text, "A page").verdict;
}
