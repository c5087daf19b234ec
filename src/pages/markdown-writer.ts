import { createCodeRules } from "./markdown-code.ts";
import { tableRules } from "./markdown-table.ts";
import type { Attributes, MarkupSink } from "./markup-events.ts";
import { HEADING_NAMES, isBlockName } from "./markup-names.ts";
import { type Block, createFlowWriter, DEFINITION_SIGN, type FlowWriter } from "./text-flow.ts";

export interface MarkdownWriter extends MarkupSink {
  /** The blocks of the page; call it once, at the end. */
  finish(): Block[];
}

/** What an element does besides ending the block before it. */
export interface ElementRule {
  open?(attributes: Attributes): void;
  close?(): void;
}

export type ElementRules = Record<string, ElementRule>;

/**
 * Writes the events of a page as Markdown: headings, lists, quotes, code, tables, and the words of links with their
 * addresses beside them. Emphasis and images are left out: they would stand between a quotation and the text.
 *
 * @param addressOf the absolute address of a link, or null for a link that is not kept
 */
export function createMarkdownWriter(addressOf: (href: string) => string | null): MarkdownWriter {
  const flow = createFlowWriter();
  const code = createCodeRules(flow);
  const rules: ElementRules = {
    ...textRules(flow, addressOf),
    ...headingRules(flow),
    ...listRules(flow),
    ...tableRules(flow),
    ...code.rules,
  };
  const endBlock = (name: string) => {
    if (!isBlockName(name)) return name.includes("-") ? flow.line.add(" ", code.isInside()) : undefined;
    return code.isInside() ? code.endLine() : flow.endBlock();
  };
  return {
    open(name, attributes) {
      endBlock(name);
      if (Object.hasOwn(rules, name)) rules[name]?.open?.(attributes);
      return true;
    },
    text: (data) => flow.line.add(data, code.isInside()),
    close(name) {
      endBlock(name);
      if (Object.hasOwn(rules, name)) rules[name]?.close?.();
    },
    finish() {
      flow.endBlock();
      return flow.current().blocks;
    },
  };
}

function textRules(flow: FlowWriter, addressOf: (href: string) => string | null): ElementRules {
  const { line } = flow;
  /** A raised link to a place in the page is the mark of a note: "[12]" would be taken for one of our citations. */
  let isRaised = false;
  let isInPage = false;
  const markNote = () => line.mute(isRaised && isInPage);
  return {
    a: {
      open({ href }) {
        isInPage = href?.trim().startsWith("#") ?? false;
        markNote();
        line.leadTo(href === undefined ? null : addressOf(href));
      },
      close() {
        isInPage = false;
        markNote();
        line.leadTo(null);
      },
    },
    sup: {
      open() {
        isRaised = true;
        line.raise(true);
        markNote();
      },
      close() {
        isRaised = false;
        line.raise(false);
        markNote();
      },
    },
    br: { open: line.breakLine },
    q: { open: () => line.add("“", true), close: () => line.add("”", true) },
    blockquote: {
      open() {
        flow.current().quoteDepth++;
      },
      close() {
        flow.current().quoteDepth--;
      },
    },
  };
}

function headingRules(flow: FlowWriter): ElementRules {
  const setLevel = (level: number) => () => {
    flow.current().headingLevel = level;
  };
  return Object.fromEntries(
    Array.from(HEADING_NAMES, (name) => [name, { open: setLevel(Number(name.slice(1))), close: setLevel(0) }]),
  );
}

function listRules(flow: FlowWriter): ElementRules {
  const setMarker = (marker: string) => {
    flow.current().marker = marker;
  };
  const nextSign = () => {
    const { lists } = flow.current();
    const number = lists.at(-1) ?? null;
    if (number === null) return "- ";
    lists[lists.length - 1] = number + 1;
    return `${number}. `;
  };
  const openList = (start: number | null) => {
    const { lists } = flow.current();
    flow.current().isNewList ||= lists.length === 0;
    lists.push(start);
  };
  const closeList = () => void flow.current().lists.pop();
  const unnumbered = { open: () => openList(null), close: closeList };
  return {
    ul: unnumbered,
    menu: unnumbered,
    dir: unnumbered,
    ol: { open: ({ start }) => openList(Number.parseInt(start ?? "", 10) || 1), close: closeList },
    li: { open: () => setMarker(nextSign()), close: () => setMarker("") },
    dd: { open: () => setMarker(DEFINITION_SIGN), close: () => setMarker("") },
  };
}
