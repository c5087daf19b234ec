import { namedIn, readDocumentQuestion } from "./document-question.ts";
import type { Step } from "./next-step.ts";
import type { ReadPage, Scene } from "./scene.ts";
import { coverage } from "./weighing.ts";

/**
 * Looking things up in documents: pages with headings, parts and code, such as documentation. The answer stands in one
 * of their sections, not behind another page, so what counts is the right part and the words above a sentence.
 */
export function isDocument(page: ReadPage): boolean {
  const texts = Array.from(page.view.parts.values(), ({ text }) => text);
  return page.view.partCount > 1 || texts.some((text) => /^#{1,6} |^```/m.test(text.slice(1)));
}

/** What to do next among documents: read the parts that match, then the next document that fits, then finish. */
export function documentSteps(scene: Scene): Step[] {
  const { view } = scene;
  const room = Math.min(MAX_DOCUMENTS, view.ceilings.pages) - view.pages.size;
  const queries = view.subQuestions.filter((question) => !view.queries.includes(question));
  if (queries.length > 0 && view.gateNotes.length === 0) return queries.map((query) => ({ name: "search", query }));
  if (view.gateNotes.length > 1 || view.isBudgetLow) return [{ name: "finish" }];
  const parts = partsToRead(scene, MAX_CLICKS);
  const next = parts.length > 0 ? parts : documentsToOpen(scene, Math.min(room, MAX_CLICKS));
  return next.length > 0 ? next.map((number) => ({ name: "click", number })) : [{ name: "finish" }];
}

const MAX_DOCUMENTS = 5;
const MAX_CLICKS = 3;

/** Numbers of the parts that are worth reading next: those that match the question, of the pages that do. */
function partsToRead(scene: Scene, limit: number): number[] {
  const ranked = rankPages(scene).slice(0, PAGES_WITH_PARTS);
  const isIntroductory = INTRODUCED.has(readDocumentQuestion(scene.view.question, scene).wanted.kind);
  return ranked
    .flatMap(({ page }) => {
      const { parts, partLinks, partCount } = page.view;
      const open = partLinks.filter(
        ({ isBest, part, number }) =>
          (isBest || partCount === 2 || (part === 0 && isIntroductory)) &&
          !parts.has(part) &&
          !scene.view.clicked.has(number),
      );
      return open.slice(0, Math.max(0, PARTS_OF_PAGE - parts.size)).map(({ number }) => number);
    })
    .slice(0, limit);
}

/** What something is stands where its page begins. */
const INTRODUCED: ReadonlySet<string> = new Set(["definition", "comparison"]);
const PAGES_WITH_PARTS = 2;
const PARTS_OF_PAGE = 4;

/** A hit that is named by the question or stands first for one of its parts, and is not opened yet. */
function documentsToOpen(scene: Scene, limit: number): number[] {
  const { view, hits } = scene;
  const fresh = Array.from(hits.values()).filter(({ number }) => !view.pages.has(number) && !view.clicked.has(number));
  const { names } = readDocumentQuestion(view.question, scene);
  const scored = fresh.map((hit) => {
    const rank = hit.found.reduce((sum, found) => sum + 1 / (1 + found.rank), 0) / Math.max(1, view.queries.length);
    return { number: hit.number, score: rank + (namedIn(names, new Set(hit.titleStems)) ?? 0) };
  });
  return scored
    .filter(({ score }) => score >= MIN_HIT_SCORE)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ number }) => number);
}

// About: listed first by a third of the searches, or half of the question's names in the title.
const MIN_HIT_SCORE = 0.33;

function rankPages(scene: Scene): { page: ReadPage; score: number }[] {
  const { names } = readDocumentQuestion(scene.view.question, scene);
  return scene.pages
    .map((page) => ({ page, score: coverage(scene.weights, page.terms) + (namedIn(names, page.titleStems) ?? 0) }))
    .sort((a, b) => b.score - a.score);
}
