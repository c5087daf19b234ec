import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkOne } from "../../helpers/check-statement.ts";

const PAGE = `The Orvale ferries

On 17 March 2023 the board ordered 14 electric boats of the type Heron from the Brant yard. The first of them may enter service in late 2025.
Plans are underway to build a 57 km canal connecting the older docks of Hede and Maar.
An objection by two clubs is still before the court of Corran.
Plans are underway to dig a 12 km (7 mi)-long tunnel joining the coves of Rell and Osk.
The county will pay for a lighthouse at Rell, provided that the crown consents.
The bakery at Osk was rebuilt in 1950; a café beside it is planned.
Ada Fell became keeper of the light at Rell in 1921. Her brother did not give up his claim to the post until 1926.
Tom Brand, who would die in 1930, probably crossed the sound of Corran on skis.
Trout were not seen in the Rell until 1962.
Under Mayor Pike the old weir was handed to the angling club after the club's foundation and renamed Pike Weir.
The council of Corran plans to build a hostel on Kiln Lane in 2027.
The yard's paint shop is to close next winter.
Work on the dyke began in 2021 and is to be completed in 2026.
A ban on motor boats is being considered by the crown.
The smithy at Osk was run by the Hale family until 1911.
The pier, which may be visited in summer, was built in 1907.`;

describe("what is still open on the page", () => {
  for (const statement of [
    "Of the 14 electric boats of the type Heron, ordered on 17 March 2023, the first have already entered service.",
    "The 57 km canal connecting the docks of Hede and Maar has been completed.",
    "The 12 km tunnel that joins the coves of Rell and Osk has been dug.",
    "Now that the crown has consented, the county pays for a lighthouse at Rell.",
    "The smithy at Osk has been run by the Hale family since 1911.",
    "Trout were seen in the Rell before 1962.",
    "The dyke has been completed.",
    "The crown has banned motor boats.",
    "The old weir was handed to the angling club before the club was founded.",
  ])
    it(`is not said as done: ${statement}`, () => assert.equal(checkOne(statement, PAGE).verdict, "unsupported"));

  for (const statement of [
    "Of the 14 electric boats of the type Heron, ordered on 17 March 2023, the first may enter service in late 2025.",
    "A 57 km canal connecting the docks of Hede and Maar is planned.",
    "The pier was built in 1907.",
    "The bakery at Osk has been rebuilt.",
    "Ada Fell became keeper of the light at Rell before her brother gave up his claim to the post.",
    "Tom Brand died in 1930.",
    "Work on the dyke has been going on since 2021.",
    "The crown is considering a ban on motor boats.",
    "A hostel is due to be built on Kiln Lane in 2027.",
    "The yard's paint shop will close next winter.",
    "Trout have been seen in the Rell since 1962.",
    "The old weir was handed to the angling club once the club had been founded.",
    "Tom Brand's crossing of the sound of Corran is thought probable.",
    "If the crown consents, the county will pay for a lighthouse at Rell.",
  ])
    it(`may be said as open, and what is done beside it as done: ${statement}`, () =>
      assert.equal(checkOne(statement, PAGE).verdict, "supported"));
});
