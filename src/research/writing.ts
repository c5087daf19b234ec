import type { ModelMessage } from "../ports.ts";
import { pointsAmong } from "../talk-cues.ts";
import type { Plan, Source } from "../types.ts";
import { cleanLine } from "../untrusted.ts";
import { estimateTokens, sentencesOf } from "../words.ts";
import type { BrowseEnd } from "./browse.ts";
import { type CheckedStatement, revisionNotes } from "./citations.ts";
import { checkDraft, type Draft } from "./drafts.ts";
import { plain } from "./observation.ts";
import { bestPassages } from "./passages.ts";
import { hasPlaces, listPlaces, tellingPlaces } from "./places.ts";
import { FORCED_END_NOTE, revisePrompt, UNMARKED_NOTE, writePrompt } from "./prompts.ts";
import { askModel, type RunContext } from "./run-context.ts";
import { createSecondOpinion } from "./second-opinion.ts";
import type { SourceList } from "./source-list.ts";
import { TALK_WRITING } from "./talk-material.ts";

/**
 * Write → check → one revise. The better of the two versions is returned; what still fails is cut at delivery. Where a
 * second opinion is wanted it is heard before it is decided what to revise, and which version is better.
 */
export async function writeCheckedAnswer(context: RunContext, end: BrowseEnd): Promise<Draft> {
  acknowledgeFinish(context, end);
  const instruction: ModelMessage = {
    role: "user",
    content: [
      end.finishTurn === null ? FORCED_END_NOTE : "",
      listSources(context.sources, context.plan, context.parts.model.contextTokens),
      writePrompt(context.request.form, context.request.language ?? context.parts.languages.report, end.gate.gaps),
      context.parts.talk === undefined ? "" : TALK_WRITING,
      context.remarks.length === 0
        ? ""
        : `The people who asked added meanwhile:\n${context.remarks.map(({ text }) => `- ${text}`).join("\n")}`,
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
  context.parts.emit({ type: "write-start" });
  const withOpinion = createSecondOpinion(context);
  const first = await withOpinion(await ask(context, "write", [instruction]));
  const notes = notesOn(first, context, end);
  const counts = countChecked(first.statements);
  context.parts.emit({ type: "check-end", ...counts, ...byOpinion(first), willRevise: notes !== "" });
  // A run at its ceiling is not corrected, unless there would be nothing at all.
  if (notes === "" || (context.budget.reached(1) !== null && first.text !== "")) return first;
  const revised = await ask(context, "revise", [
    instruction,
    { role: "assistant", content: first.text, toolCalls: [] },
    { role: "user", content: revisePrompt(notes) },
  ]);
  const second = await withOpinion(revised);
  const recount = countChecked(second.statements);
  context.parts.emit({ type: "check-end", ...recount, ...byOpinion(second), willRevise: false });
  const better = isBetter(recount, counts) ? second : first;
  return better.text === "" ? collectFindings(context.sources, context.plan) : better;
}

/** How many statements of fact only a model confirmed; left out when there is none. */
function byOpinion({ statements }: Draft): { byOpinion?: number } {
  const count = statements.filter(({ isFactual, isSecondOpinion }) => isFactual && isSecondOpinion === true).length;
  return count === 0 ? {} : { byOpinion: count };
}

/** What is to be corrected; "" when nothing is. An answer without any mark, though pages speak of the matter, is no answer. */
function notesOn(draft: Draft, { sources, plan }: RunContext, { gate }: BrowseEnd): string {
  const hasMarks = draft.statements.some(({ numbers }) => numbers.length > 0);
  const isCovered = gate.gaps.length < plan.subQuestions.length;
  return !hasMarks && isCovered ? UNMARKED_NOTE : revisionNotes(draft.statements, [...sources.sources]);
}

/** What the run has found out so far, put together by code: for a stop, and when no model can write. */
export function collectFindings({ sources, indexOf }: SourceList, plan: Plan): Draft {
  const said = sources.flatMap(findingsInPlaces);
  if (said.length > 0) return checkDraft(said.slice(0, MAX_SAID).join("\n"), [...sources]);
  const sections = plan.subQuestions.map(({ text }) => {
    const passages = sources
      .flatMap(({ page, number }) =>
        bestPassages(page, text, { limit: 1, index: indexOf(page) }).map((passage) => ({ ...passage, number })),
      )
      .filter(({ score }) => score >= MIN_FINDING_SCORE)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, FINDINGS_PER_QUESTION);
    const lines = passages.map((passage) => `- ${cleanLine(passage.text, MAX_FINDING_CHARS)} 【${passage.number}】`);
    return lines.length === 0 ? "" : `**${text}**\n\n${lines.join("\n")}`;
  });
  const text = sections.filter((section) => section !== "").join("\n\n");
  return checkDraft(text, [...sources]);
}

/** Of a conversation: the best sentence of the message that says most. */
function findingsInPlaces({ page, number }: Source): string[] {
  const [place] = tellingPlaces(page, 1);
  const [head = "", ...body] = (place ?? "").split("\n");
  const [best] = pointsAmong(sentencesOf(body.join("\n"))).toSorted((a, b) => b.weight - a.weight);
  const author = head.slice(2, head.indexOf(","));
  return best === undefined ? [] : [`- ${author}: ${cleanLine(best.sentence.text, MAX_FINDING_CHARS)} 【${number}】`];
}

const MAX_SAID = 7;
const MIN_FINDING_SCORE = 0.4;
const FINDINGS_PER_QUESTION = 3;
const MAX_FINDING_CHARS = 400;

export interface CheckedCounts {
  supported: number;
  total: number;
}

/** Of the statements of fact: how many there are and how many the check confirmed. */
export function countChecked(statements: readonly CheckedStatement[]): CheckedCounts {
  const factual = statements.filter(({ isFactual }) => isFactual);
  return { total: factual.length, supported: factual.filter(({ verdict }) => verdict === "supported").length };
}

function isBetter(second: CheckedCounts, first: CheckedCounts): boolean {
  if (second.total === 0) return false;
  return second.total - second.supported <= first.total - first.supported;
}

/** No trailing assistant message is left: it would be taken as the start of the answer. */
function acknowledgeFinish({ conversation }: RunContext, { finishTurn }: BrowseEnd): void {
  if (finishTurn === null) return;
  const observations = finishTurn.observations.with(
    finishTurn.finishIndex,
    plain("Finish accepted. Write the report now."),
  );
  conversation.addTurn(finishTurn.reply, observations);
}

// Richest first; the first one that fits is taken, so that many sources fit into a small window too.
const LIST_SIZES = [
  { passages: 3, chars: 400 },
  { passages: 2, chars: 300 },
  { passages: 1, chars: 240 },
  { passages: 0, chars: 0 },
] as const;
// Share of the window that the list may take; the conversation needs the rest.
const LIST_SHARE = 0.3;
const LIST_HEAD = "Opened pages with passages that bear on the question:";

/** The numbered sources with their best passages, so that the writer has the evidence also of folded pages. */
function listSources({ sources, indexOf }: SourceList, plan: Plan, contextTokens: number): string {
  if (sources.some(({ page }) => hasPlaces(page)))
    return `${LIST_HEAD}\n\n${listPlaces(sources, contextTokens * LIST_SHARE)}`;
  const ranked = sources.map(({ number, page }) => {
    const found = plan.subQuestions.flatMap(({ text }) => bestPassages(page, text, { limit: 2, index: indexOf(page) }));
    const unique = new Map(found.toSorted((a, b) => b.score - a.score).map((passage) => [passage.start, passage.text]));
    return { head: `【${number}】 ${page.title}`, passages: Array.from(unique.values()) };
  });
  const lists = LIST_SIZES.map(({ passages, chars }) =>
    ranked
      .map(({ head, passages: all }) => [head, ...all.slice(0, passages).map((text) => `- "${text.slice(0, chars)}"`)])
      .map((lines) => lines.join("\n"))
      .join("\n\n"),
  );
  const fitting = lists.find((list) => estimateTokens(list) <= contextTokens * LIST_SHARE) ?? lists.at(-1) ?? "";
  return `${LIST_HEAD}\n\n${fitting}`;
}

async function ask(context: RunContext, purpose: "write" | "revise", closing: ModelMessage[]): Promise<Draft> {
  const reply = await askModel(context, purpose, { toolChoice: "none", closing });
  const text = reply.text.trim();
  return checkDraft(text, [...context.sources.sources]);
}
