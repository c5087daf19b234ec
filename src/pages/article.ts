import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import type { Attributes, MarkupSink } from "./markup-events.ts";
import { FORMATTING_NAMES, isBlockName } from "./markup-names.ts";

/** What is used of a DOM here; linkedom's nodes fit. */
interface TreeNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly nodeValue: string | null;
  readonly firstChild: TreeNode | null;
  readonly nextSibling: TreeNode | null;
  readonly parentNode: TreeNode | null;
  appendChild(child: TreeNode): TreeNode;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
}

interface Tree {
  readonly body: TreeNode;
  title: string;
  createElement(name: string): TreeNode;
  createTextNode(text: string): TreeNode;
}

export interface ArticleFinder extends MarkupSink {
  /** Is the page such that Readability would take too long: too many elements, or hardly any in very much text? */
  isTooMuch(): boolean;
  /** Plays the article's part of the page to a sink; false when Readability finds no article. */
  play(title: string, sink: MarkupSink): boolean;
}

/**
 * Builds a lean tree from the events of a page, without what Readability does not look at (its time is mostly spent
 * on the number of nodes and attributes), and lets it find the article.
 */
export function createArticleFinder(addressOf: (href: string) => string | null): ArticleFinder {
  const tree = parseHTML("<!doctype html><html><head></head><body></body></html>").document as unknown as Tree;
  /** The node that each open element writes into; a transparent element writes into its parent's. */
  const nodes: TreeNode[] = [];
  let elementCount = 0;
  let codeDepth = 0;
  let text = "";
  let textChars = 0;
  const currentNode = () => nodes.at(-1) ?? tree.body;
  let isBlockBefore = true;
  /** White space beside a block says nothing; without it there are half as many nodes. */
  const addText = (next: string) => {
    const isBlockNext = isBlockName(next);
    const isNeeded = text !== "" && (codeDepth > 0 || !(isBlockBefore || isBlockNext) || text.trim() !== "");
    if (isNeeded) currentNode().appendChild(tree.createTextNode(text));
    isBlockBefore = isBlockNext;
    text = "";
  };

  return {
    open(name, attributes) {
      if (LEFT_OUT_NAMES.has(name) || ASIDE_ROLES.has(attributes.role ?? "")) return false;
      if (name === "pre") codeDepth++;
      if (elementCount > MAX_ELEMENTS || isTransparent(name, attributes, codeDepth > 0)) {
        nodes.push(currentNode());
        return true;
      }
      addText(name);
      elementCount++;
      const element = tree.createElement(name);
      copyAttributes(attributes, element, addressOf);
      currentNode().appendChild(element);
      nodes.push(element);
      return true;
    },
    text(data) {
      text += data;
      textChars += data.length;
    },
    close(name) {
      if (name === "pre") codeDepth--;
      if (nodes.at(-1) !== (nodes.at(-2) ?? tree.body)) addText(name);
      nodes.pop();
    },
    isTooMuch: () => elementCount > MAX_ELEMENTS || textChars > MAX_CHARS + elementCount * MAX_CHARS_PER_ELEMENT,
    play(title, sink) {
      addText("body");
      tree.title = title;
      const article = findArticle(tree);
      if (article !== null) playTree(article, sink);
      return article !== null;
    },
  };
}

/**
 * `html`, `head` and `body` are there already; emphasis is not written, so that its text can join the text around it; a
 * button that came this far holds the words of a heading, and Readability would take it out.
 */
function isTransparent(name: string, attributes: Attributes, isInCode: boolean): boolean {
  if (name === "html" || name === "head" || name === "body" || name === "button") return true;
  if (!FORMATTING_NAMES.has(name)) return false;
  return isInCode || (attributes.class === undefined && attributes.itemprop === undefined);
}

function copyAttributes(attributes: Attributes, element: TreeNode, addressOf: (href: string) => string | null): void {
  for (const name in attributes) {
    if (!KEPT_ATTRIBUTES.has(name)) continue;
    const value = attributes[name] ?? "";
    if (name !== "href") element.setAttribute(name, value);
    // A link inside the page is no link to us, but Readability counts it for less than others.
    else if (value.trim().startsWith("#")) element.setAttribute("href", "#");
    else {
      const address = addressOf(value);
      if (address !== null) element.setAttribute("href", address);
    }
  }
}

function findArticle(tree: Tree): TreeNode | null {
  const options = { keepClasses: true, disableJSONLD: true, serializer: (node: unknown) => node as TreeNode };
  try {
    return new Readability<TreeNode>(tree as never, options).parse()?.content ?? null;
  } catch {
    // Markup that Readability stumbles over is read as a whole page instead.
    return null;
  }
}

/** Walks the tree without recursion. */
function playTree(root: TreeNode, sink: MarkupSink): void {
  let node: TreeNode | null = root;
  while (node !== null) {
    if (node.nodeType === TEXT_NODE) sink.text(node.nodeValue ?? "");
    const isEntered = node.nodeType === ELEMENT_NODE && sink.open(node.localName, attributesOf(node));
    if (isEntered && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    if (isEntered) sink.close(node.localName);
    while (node !== root && node?.nextSibling === null) {
      node = node.parentNode;
      if (node !== null) sink.close(node.localName);
    }
    node = node === root || node === null ? null : node.nextSibling;
  }
}

function attributesOf(node: TreeNode): Attributes {
  const attributes: Attributes = {};
  for (const name of PLAYED_ATTRIBUTES) {
    const value = node.getAttribute(name);
    if (value !== null) attributes[name] = value;
  }
  return attributes;
}

const ELEMENT_NODE = 1;
const TEXT_NODE = 3;
// Readability with linkedom takes about 1 s for 16,000 elements and 4 s for 100,000 links (measured, idle machine); all
// but the longest lists and references have fewer.
const MAX_ELEMENTS = 8_000;
const MAX_CHARS = 200_000;
const MAX_CHARS_PER_ELEMENT = 2_000;
/** What Readability takes out of every article, or would look at for facts that are known: it saves a third of the time. */
const LEFT_OUT_NAMES: ReadonlySet<string> = new Set(["nav", "footer", "aside", "meta"]);
const ASIDE_ROLES: ReadonlySet<string> = new Set(
  "menu menubar complementary navigation alert alertdialog dialog contentinfo".split(" "),
);
const PLAYED_ATTRIBUTES = ["href", "start", "colspan", "rowspan", "role", "class", "data-lang"];
/** What Readability's rules ask for, and what the Markdown is written from. */
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(
  "aria-modal class colspan data-lang href id itemprop rel role rowspan start summary".split(" "),
);
