import { type Attributes, type MarkupSink, readMarkup, type TagRecord } from "./markup-events.ts";
import { HEADING_NAMES } from "./markup-names.ts";
import { ownStyle, readStyleRules } from "./style-rules.ts";
import { isReadable, isRemoved, lookInside, type TextLook } from "./visible-style.ts";

/** What a page says about itself besides its visible text. */
export interface PageHead {
  title: string;
  /** Content of `<meta>` by lower-case name, property or itemprop; the first of a name counts. */
  metas: Map<string, string>;
  /** Sources of the `application/ld+json` scripts. */
  linkedData: string[];
  /** The `datetime` of the first `<time>` that has one. */
  firstTime: string | null;
  baseHref: string | null;
  scriptCount: number;
  hasPasswordField: boolean;
}

/**
 * Reads the part of a page that people see as events, and fills in what the head says.
 *
 * Dropped: comments, scripts, style sheets, templates, `noscript`, drawings, dialogs, form fields, and text that is
 * hidden by attributes, by inline style or by simple rules of the page's own style sheets (`style-rules.ts`). What an
 * outer style sheet hides cannot be known here.
 */
export function readVisibleMarkup(tags: TagRecord, head: PageHead, sink: MarkupSink): void {
  const lookOf = createLookReader(tags);
  const looks: TextLook[] = [];
  const names: string[] = [];
  /** Of a title or linked data: the text goes to the head, not to the reader. */
  let captured: { name: string; text: string } | null = null;

  readMarkup(tags, {
    open(name, attributes) {
      noteHead(head, name, attributes);
      if (CAPTURED_NAMES.has(name)) {
        if (!isCapturable(name, attributes)) return false;
        captured = { name, text: "" };
        return true;
      }
      if (isUnseen(name, attributes, names)) return false;
      const look = lookOf(name, attributes, looks.at(-1));
      if (look === null || !sink.open(name, attributes)) return false;
      names.push(name);
      looks.push(look);
      return true;
    },
    text(data) {
      if (captured !== null) captured.text += data;
      else if (isReadable(looks.at(-1) ?? PLAIN_LOOK)) sink.text(data);
    },
    close(name) {
      if (captured !== null) {
        keepCaptured(head, captured);
        captured = null;
        return;
      }
      names.pop();
      looks.pop();
      sink.close(name);
    },
  });
}

export function emptyHead(): PageHead {
  return {
    title: "",
    metas: new Map(),
    linkedData: [],
    firstTime: null,
    baseHref: null,
    scriptCount: 0,
    hasPasswordField: false,
  };
}

/** Tells how text looks in an element, given the look around it; null for an element that vanishes. */
function createLookReader(tags: TagRecord) {
  const { styleSheets, hasOuterStyles } = styleSheetsOf(tags);
  const rules = readStyleRules(styleSheets);
  const areColorsKnown = !hasOuterStyles && !rules.isPartial("color");
  const areSizesKnown = !hasOuterStyles && !rules.isPartial("font-size");
  const believedOf = (name: string, attributes: Attributes) => {
    const style = rules.styleOf(name, attributes);
    const own = attributes.style === undefined ? null : ownStyle(attributes);
    return { style, paint: areColorsKnown ? style : own, size: areSizesKnown ? style : own };
  };
  // Paper is white where nothing else is said; the page may be without the tag of its body.
  const paper = areColorsKnown ? { ...PLAIN_LOOK, background: WHITE } : PLAIN_LOOK;
  const rootLook = lookInside(paper, {}, believedOf("body", {}));

  return (name: string, attributes: Attributes, outer: TextLook = rootLook): TextLook | null => {
    const believed = believedOf(name, attributes);
    if (believed.style !== null && !ROOT_NAMES.has(name) && isRemoved(believed.style)) return null;
    const isPlain = believed.style === null && attributes.bgcolor === undefined && attributes.color === undefined;
    return isPlain ? outer : lookInside(outer, attributes, believed);
  };
}

/** Read before the rest: a rule may stand below what it hides. */
function styleSheetsOf(tags: TagRecord): { styleSheets: string[]; hasOuterStyles: boolean } {
  const styleSheets: string[] = [];
  let hasOuterStyles = false;
  let isInside = false;
  tags({
    open(name, { rel }) {
      isInside = name === "style";
      if (isInside) styleSheets.push("");
      if (name === "link" && /stylesheet/i.test(rel ?? "")) hasOuterStyles = true;
    },
    text(data) {
      if (isInside) styleSheets[styleSheets.length - 1] += data;
    },
    close() {
      isInside = false;
    },
  });
  hasOuterStyles ||= styleSheets.some((styleSheet) => styleSheet.includes("@import"));
  return { styleSheets, hasOuterStyles };
}

function noteHead(head: PageHead, name: string, attributes: Attributes): void {
  if (name === "script") head.scriptCount++;
  else if (name === "base") head.baseHref ??= attributes.href ?? null;
  else if (name === "input" && attributes.type?.toLowerCase() === "password") head.hasPasswordField = true;
  else if (name === "time") head.firstTime ??= attributes.datetime ?? null;
  const key = attributes.property ?? attributes.name ?? attributes.itemprop;
  if (name !== "meta" || key === undefined || head.metas.size >= MAX_METAS) return;
  const lowerKey = key.trim().toLowerCase();
  if (!head.metas.has(lowerKey)) head.metas.set(lowerKey, attributes.content ?? "");
}

function isCapturable(name: string, attributes: Attributes): boolean {
  return name === "title" || attributes.type?.trim().toLowerCase() === "application/ld+json";
}

function keepCaptured(head: PageHead, captured: { name: string; text: string }): void {
  if (captured.name === "script") head.linkedData.push(captured.text);
  else if (head.title === "") head.title = captured.text;
}

function isUnseen(name: string, attributes: Attributes, openNames: string[]): boolean {
  if (UNREAD_NAMES.has(name)) return true;
  // The frame of a page is hidden only until its script has run.
  if (ROOT_NAMES.has(name)) return false;
  if (attributes.hidden !== undefined) return true;
  // A question in an accordion is often a button in a heading; any other button is not a text to read.
  if (name === "button") return !openNames.some((open) => HEADING_NAMES.has(open) || open === "summary");
  if (attributes["aria-hidden"]?.trim().toLowerCase() === "true") return true;
  return attributes.class !== undefined && UNREAD_CLASS.test(attributes.class);
}

const WHITE = [255, 255, 255] as const;
const PLAIN_LOOK: TextLook = {
  isInvisible: false,
  isTransparent: false,
  isTiny: false,
  color: null,
  background: null,
};
const ROOT_NAMES: ReadonlySet<string> = new Set(["html", "body"]);
const CAPTURED_NAMES: ReadonlySet<string> = new Set(["title", "script"]);
const UNREAD_NAMES: ReadonlySet<string> = new Set(
  `applet audio canvas datalist dialog embed frameset iframe input link map math meter noembed noframes noscript object
  optgroup option progress rp rt script select style svg template textarea video`.split(/\s+/),
);
/** What Bootstrap, Tailwind and WordPress call text for screen readers only, and MediaWiki its links for editors. */
const UNREAD_CLASS =
  /(?:^|\s)(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text|mw-editsection|mw-jump-link)(?:\s|$)/;
const MAX_METAS = 300;
