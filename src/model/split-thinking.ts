export interface SplitReply {
  /** What the model says, without what it thought. */
  visible: string;
  /** Thinking that was opened and never closed: the end of the reply, or "". */
  unclosed: string;
}

const THINK_TAG = /<(\/?)think(?:ing)?>/gi;

/**
 * Takes thinking out of a reply. A closing tag without an opening one ends thinking that began with the reply: chat
 * templates put the opening tag into the prompt (facts/rumination-and-openrouter.md, A4).
 */
export function splitThinking(reply: string): SplitReply {
  let visible = "";
  let position = 0;
  let isThinking = false;
  for (const tag of reply.matchAll(THINK_TAG)) {
    const isClosing = tag[1] === "/";
    if (isClosing) {
      if (!isThinking) visible = "";
      isThinking = false;
    } else if (isThinking) {
      continue; // thinking that speaks of the tag
    } else {
      visible += reply.slice(position, tag.index);
      isThinking = true;
    }
    position = tag.index + tag[0].length;
  }
  const rest = reply.slice(position);
  return isThinking ? { visible: visible.trim(), unclosed: rest } : { visible: (visible + rest).trim(), unclosed: "" };
}
