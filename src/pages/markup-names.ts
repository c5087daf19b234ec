/** What the names of HTML elements mean for the tree and for the text. Names in lower case. */

/** Have no content and no end tag. https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
export const VOID_NAMES = named(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
);

/** Roots of SVG and MathML, and the elements in them that pages close with a slash. */
export const FOREIGN_NAMES = named("svg math path circle rect line polygon polyline ellipse use g stop image defs");

export const HEADING_NAMES = named("h1 h2 h3 h4 h5 h6");

/** Flow inside a line; everything else that is known starts a new block. */
export const INLINE_NAMES = named(
  `a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark nobr output q rb rp rt ruby s
  samp small span strike strong sub sup time tt u var wbr img br input`,
);

/** Inline elements that say nothing to a reader of plain Markdown. */
export const FORMATTING_NAMES = named(
  "abbr acronym b bdi big cite del dfn em font i ins mark nobr s small span strike strong u",
);

/** An open paragraph ends where one of these starts. https://html.spec.whatwg.org/multipage/grouping-content.html#the-p-element */
export const PARAGRAPH_ENDERS = named(
  `address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul`,
);

export interface ImpliedEnd {
  ends: ReadonlySet<string>;
  /** Elements through which the search for such an open element does not look. */
  within: ReadonlySet<string>;
}

/** Which open elements end, without an end tag, where an element of this name starts. */
export const IMPLIED_ENDS: ReadonlyMap<string, ImpliedEnd> = new Map([
  ["a", { ends: named("a"), within: named("table td th caption object") }],
  ["li", { ends: named("li"), within: named("ul ol menu dir table td th") }],
  ["dt", { ends: named("dt dd"), within: named("dl table td th") }],
  ["dd", { ends: named("dt dd"), within: named("dl table td th") }],
  ["tr", { ends: named("tr caption"), within: named("table") }],
  ["td", { ends: named("td th"), within: named("table tr") }],
  ["th", { ends: named("td th"), within: named("table tr") }],
  ["thead", { ends: named("thead tbody tfoot caption"), within: named("table") }],
  ["tbody", { ends: named("thead tbody tfoot caption"), within: named("table") }],
  ["tfoot", { ends: named("thead tbody tfoot caption"), within: named("table") }],
  ["option", { ends: named("option"), within: named("select datalist") }],
  ["rt", { ends: named("rt rp"), within: named("ruby") }],
  ["rp", { ends: named("rt rp"), within: named("ruby") }],
]);

/** An end tag does not reach through these, unless it ends a part of a table. */
export const SCOPE_NAMES = named("table td th caption object template");

export const TABLE_PART_NAMES = named("table thead tbody tfoot tr td th caption");

/** Elements of a name that people made up (`my-card`) or of a block. */
export function isBlockName(name: string): boolean {
  return !INLINE_NAMES.has(name) && !name.includes("-");
}

function named(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
