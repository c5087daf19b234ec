import type { Attributes } from "./markup-events.ts";

/** Property names in lower case to values in lower case, `!important` taken off. */
export type Style = Map<string, string>;

export interface StyleRules {
  /** What the rules and the element's own `style` make of an element; null = nothing. */
  styleOf(name: string, attributes: Attributes): Style | null;
  /**
   * Do rules that were left out say something about this property too? Then what the simple ones say of it may be
   * overruled, and only an element's own `style` can be believed.
   */
  isPartial(property: "color" | "font-size"): boolean;
}

/**
 * Reads the rules of a page's own style sheets that name one element by tag, classes and id, with their cascade.
 *
 * Left out on purpose: what depends on other elements (`.menu .item`), on states and on media. A crude reading of
 * those would hide what people see.
 */
export function readStyleRules(styleSheets: string[]): StyleRules {
  const leftOut: string[] = [];
  const rules = indexRules(styleSheets.flatMap((styleSheet) => parseRules(styleSheet, leftOut)));
  const ruleStyles = new Map<string, Declaration[]>();

  const declarationsFor = (name: string, attributes: Attributes): Declaration[] => {
    const id = `${name} ${attributes.id ?? ""} ${attributes.class ?? ""}`;
    let declarations = ruleStyles.get(id);
    if (declarations === undefined) {
      declarations = matchingDeclarations(rules, name, attributes);
      ruleStyles.set(id, declarations);
    }
    return declarations;
  };

  return {
    styleOf(name, attributes) {
      const declarations = rules.size === 0 ? [] : declarationsFor(name, attributes);
      if (declarations.length === 0 && attributes.style === undefined) return null;
      return cascade([...declarations, ...parseDeclarations(attributes.style ?? "")]);
    },
    isPartial: (property) => leftOut.some((body) => (property === "color" ? COLOR : FONT_SIZE).test(body)),
  };
}

/** Only what the element's own `style` says. */
export function ownStyle(attributes: Attributes): Style {
  return cascade(parseDeclarations(attributes.style ?? ""));
}

interface Declaration {
  property: string;
  value: string;
  isImportant: boolean;
}

interface Selector {
  tag: string;
  id: string;
  classes: string[];
}

interface Rule extends Selector {
  declarations: Declaration[];
}

/** Later declarations win, except over an earlier one that is important. */
function cascade(declarations: Declaration[]): Style {
  const style: Style = new Map();
  const important = new Set<string>();
  for (const { property, value, isImportant } of declarations) {
    if (important.has(property) && !isImportant) continue;
    style.set(property, value);
    if (isImportant) important.add(property);
  }
  return style;
}

/** By the rarest part of the selector: `#id`, `.class` or the tag. Rules keep their order. */
function indexRules(rules: Rule[]): Map<string, Rule[]> {
  const index = new Map<string, Rule[]>();
  for (const rule of rules) {
    const key = rule.id !== "" ? `#${rule.id}` : rule.classes.length > 0 ? `.${rule.classes[0]}` : rule.tag;
    const sameKey = index.get(key) ?? [];
    if (sameKey.length < MAX_RULES_PER_KEY) sameKey.push(rule);
    index.set(key, sameKey);
  }
  return index;
}

function matchingDeclarations(rules: Map<string, Rule[]>, name: string, attributes: Attributes): Declaration[] {
  const classes = (attributes.class ?? "").split(/\s+/, MAX_CLASSES);
  const keys = [name, `#${attributes.id ?? ""}`, ...classes.map((each) => `.${each}`)];
  const matching = keys
    .flatMap((key) => rules.get(key) ?? [])
    .filter((rule) => (rule.tag === "" || rule.tag === name) && rule.classes.every((each) => classes.includes(each)));
  return matching.sort((a, b) => specificity(a) - specificity(b)).flatMap((rule) => rule.declarations);
}

function specificity({ id, classes, tag }: Selector): number {
  return (id === "" ? 0 : 100) + classes.length * 10 + (tag === "" ? 0 : 1);
}

function parseRules(css: string, leftOut: string[]): Rule[] {
  const source = css.slice(0, MAX_STYLE_CHARS).replace(/\/\*[\s\S]*?(?:\*\/|$)/g, " ");
  const rules = new Map<string, Rule>();
  for (const [selectors, body] of topLevelBlocks(source)) {
    const declarations = parseDeclarations(body);
    if (declarations.length === 0 && !selectors.startsWith("@")) continue;
    for (const text of selectors.split(",")) {
      const selector = parseSelector(text.trim());
      if (selector === null) {
        leftOut.push(body);
        continue;
      }
      // The same selector again: moved to the end, as the cascade has it.
      const earlier = rules.get(text.trim())?.declarations ?? [];
      rules.delete(text.trim());
      const merged = [...earlier, ...declarations].slice(-MAX_DECLARATIONS);
      rules.set(text.trim(), { ...selector, declarations: merged });
    }
  }
  return Array.from(rules.values());
}

/** Selector list and body of each rule; an at-rule counts as one, with all that is in it. */
function* topLevelBlocks(css: string): Generator<[selectors: string, body: string]> {
  let depth = 0;
  let start = 0;
  let bodyStart = 0;
  for (const { 0: mark, index } of css.matchAll(/[{};]/g)) {
    if (mark === ";" && depth > 0) continue;
    if (mark === "{" && depth++ === 0) bodyStart = index + 1;
    if (mark === "}" && --depth === 0) {
      yield [css.slice(start, bodyStart - 1).trim(), css.slice(bodyStart, index)];
    }
    depth = Math.max(depth, 0);
    if (depth === 0) start = index + 1;
  }
}

/** Only the properties that can hide text. */
function parseDeclarations(body: string): Declaration[] {
  const declarations: Declaration[] = [];
  for (const { 1: property = "", 2: value = "" } of body.matchAll(DECLARATION)) {
    if (declarations.length === MAX_DECLARATIONS) break;
    const bang = value.indexOf("!");
    declarations.push({
      property: property.toLowerCase(),
      value: (bang === -1 ? value : value.slice(0, bang)).trim().toLowerCase(),
      isImportant: bang !== -1,
    });
  }
  return declarations;
}

function parseSelector(selector: string): Selector | null {
  if (!SIMPLE_SELECTOR.test(selector)) return null;
  return {
    tag: (/^[a-z0-9]+/i.exec(selector)?.[0] ?? "").toLowerCase(),
    id: /#([\w-]+)/.exec(selector)?.[1] ?? "",
    classes: Array.from(selector.matchAll(/\.([\w-]+)/g), (match) => match[1] ?? ""),
  };
}

const COLOR = /(?:^|[\s;{-])(?:color|background(?:-color)?)\s*:/i;
const FONT_SIZE = /font-size\s*:/i;
const SIMPLE_SELECTOR = /^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+){0,4}$/i;

const HIDING_PROPERTIES = `display visibility opacity font-size color background background-color background-image
  background-clip -webkit-background-clip clip clip-path overflow overflow-y height width max-height max-width text-indent
  transform left top right bottom margin-left margin-top`;
const DECLARATION = new RegExp(`(?<![\\w-])(${HIDING_PROPERTIES.split(/\s+/).join("|")})\\s*:([^;]*)`, "gi");

// Bounds against style sheets that are made to be slow; inlined frameworks stay below them.
const MAX_STYLE_CHARS = 1_000_000;
const MAX_RULES_PER_KEY = 200;
const MAX_DECLARATIONS = 200;
const MAX_CLASSES = 64;
