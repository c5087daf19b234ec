/** What is used of the nodes of Readability's own document model. */
interface TreeNode {
  readonly nodeType: number;
  readonly textContent: string;
}

export interface TreeElement extends TreeNode {
  localName: string;
  tagName: string;
  readonly childNodes: readonly TreeNode[];
  readonly children: readonly TreeElement[];
  getElementsByTagName(name: string): readonly TreeElement[];
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
}

/**
 * Keeps small blocks of links, such as "Read also", that stand among the paragraphs of a running text. People count them
 * among the text (4 of 90 pages of the evaluation have some); Readability takes blocks away whose words are mostly links,
 * or whose class speaks of something related. So it gets to see neither: `isHiddenLink` tells the links afterwards.
 */
export function hideEmbeddedLinks(root: TreeElement): void {
  const elements = [root, ...root.getElementsByTagName("*")];
  const lengths = textLengths(elements);
  for (const { children } of elements) {
    const siblings = children.filter((element) => (lengths.get(element) ?? 0) > 0);
    for (const element of amongParagraphs(siblings, lengths)) if (isLinkBlock(element, lengths)) hideLinks(element);
  }
}

/** An element with an address that is no link any more. */
export function isHiddenLink(element: { localName: string; getAttribute(name: string): string | null }): boolean {
  return element.localName === HIDDEN_NAME && element.getAttribute("href") !== null;
}

type Lengths = ReadonlyMap<TreeNode, number>;

/** Characters beside white space in each element. In the order of the page every element stands before what it holds. */
function textLengths(elements: readonly TreeElement[]): Lengths {
  const lengths = new Map<TreeNode, number>();
  for (const element of elements.toReversed()) {
    let length = 0;
    for (const node of element.childNodes)
      length += node.nodeType === TEXT_NODE ? node.textContent.trim().length : (lengths.get(node) ?? 0);
    lengths.set(element, length);
  }
  return lengths;
}

/** What stands between the first paragraph and the last, and the element that follows the last. */
function amongParagraphs(siblings: readonly TreeElement[], lengths: Lengths): readonly TreeElement[] {
  const paragraphs = siblings.filter(
    (element) => element.localName === "p" && (lengths.get(element) ?? 0) >= PARAGRAPH_CHARS,
  );
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  if (first === undefined || last === undefined || paragraphs.length < LEAST_PARAGRAPHS) return [];
  return siblings.slice(siblings.indexOf(first), siblings.lastIndexOf(last) + 2);
}

// Longer blocks are lists of their own: below the text, or beside it.
function isLinkBlock(element: TreeElement, lengths: Lengths): boolean {
  if (!BLOCK_NAMES.has(element.localName) || (lengths.get(element) ?? 0) > MAX_BLOCK_CHARS) return false;
  return element.getElementsByTagName("a").length > 0;
}

function hideLinks(block: TreeElement): void {
  for (const element of [block, ...block.getElementsByTagName("*")]) {
    for (const name of NAMING_ATTRIBUTES) element.removeAttribute(name);
    if (element.localName !== "a") continue;
    // As Readability itself renames elements of this model.
    element.localName = HIDDEN_NAME;
    element.tagName = HIDDEN_NAME.toUpperCase();
  }
}

const TEXT_NODE = 3;
const HIDDEN_NAME = "span";
const BLOCK_NAMES: ReadonlySet<string> = new Set(["div", "ul", "ol", "section"]);
const NAMING_ATTRIBUTES = ["class", "id", "role"];
const LEAST_PARAGRAPHS = 3;
const PARAGRAPH_CHARS = 60;
const MAX_BLOCK_CHARS = 300;
