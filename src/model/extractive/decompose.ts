/**
 * The parts of a question that can be looked up one by one: "Which client does X use, and does it retry?" has two. What
 * cannot be parted safely stays whole; a part that says "it" is told what it is.
 */
export function decompose(question: string): string[] {
  const sides = COMPARED.exec(question)
    ?.slice(1)
    .find((side) => side !== undefined);
  if (sides !== undefined) return [question, ...sides.split(BETWEEN_SIDES).map((side) => `What is ${side.trim()}?`)];
  const parts = question
    .split(SEAM)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length < 2 || parts.length > 4) return [question];
  const subject = subjectOf(parts[0] ?? "");
  return parts.map((part, index) => {
    const sentence = `${part.charAt(0).toUpperCase()}${part.slice(1).replace(/[\s,;?!.]+$/, "")}?`;
    const isBound = index > 0 && PRONOUN.test(part) && subject !== "";
    return isBound ? `${sentence.slice(0, -1)} (${subject})?` : sentence;
  });
}

const ASKS = "who|whom|whose|what|which|when|where|why|how|does|do|did|is|are|was|were|can|could|should|will|has|have";
const SEAM = new RegExp(
  String.raw`(?:[,;]\s*(?:and\s+|or\s+)?|\?\s+(?:and\s+)?|\s+and\s+)(?=(?:${ASKS})\s+(?!of\b))`,
  "i",
);
const PRONOUN = /\b(?:it|its|they|their|them|he|his|she|her|this|that|these|those)\b/i;

/** Of two things that are compared, each has to be told by itself too. */
const COMPARED =
  /^\s*compare (?:the )?([^,?]{2,50}? (?:and|with|to) [^,?]{2,50}?)(?: (?:in|for|of) [^?]*)?[?.]*$|\bdifferences? between (?:the )?([^,?]{2,50}? and [^,?]{2,50}?)(?: (?:in|for|of) [^?]*)?[?.]*$/i;
const BETWEEN_SIDES = /\s+(?:and|with|to)\s+(?:the )?/;

/** What the first part is about: its longest run of words that are written like a name or a piece of code. */
function subjectOf(part: string): string {
  const words = part.replace(/[?!.,;]+$/, "").split(/\s+/);
  let best: string[] = [];
  let run: string[] = [];
  for (const [index, word] of words.entries()) {
    const isName = index > 0 && (/^[\p{Lu}`@]/u.test(word) || /\w[-./_]\w/.test(word));
    run = isName ? [...run, word] : [];
    if (run.length > best.length) best = run;
  }
  return best.join(" ");
}
