import { stem, wordsOf } from "../../words.ts";
import { quoteDocuments } from "./document-quotes.ts";
import { isDocument } from "./documents.ts";
import type { Scene } from "./scene.ts";
import { chooseQuotes } from "./sentences.ts";

interface Quoted {
  page: number;
  text: string;
  /** Which of the sub-questions it answers: its place among them. */
  question: number;
  /** The block of code that shows it; "" for none. */
  code?: string;
}

const MAX_QUOTES = 5;
const NOT_FOUND = "I could not find this in the documents.";

/** The answer: sentences of the opened pages, each with its mark, in the form that was asked for. */
export function writeQuotes(scene: Scene): string {
  const questions = scene.view.subQuestions.length > 0 ? scene.view.subQuestions : [scene.view.question];
  const quotes: Quoted[] = scene.pages.some(isDocument)
    ? quoteDocuments(scene, questions, MAX_QUOTES)
    : quotePassages(scene, questions);
  if (quotes.length === 0) return NOT_FOUND;
  switch (scene.view.form) {
    case "brief":
    case "digest":
    case "short-digest":
      return quotes.map(withCode).join("\n\n");
    case "report":
      return questions
        .map((question, index) =>
          section(
            question,
            quotes.filter((quote) => quote.question === index),
          ),
        )
        .join("\n\n");
    case "table":
      return table(quotes, scene);
  }
}

function quotePassages(scene: Scene, questions: readonly string[]): Quoted[] {
  const terms = questions.map((question) => new Set(wordsOf(question).map(stem)));
  return chooseQuotes(scene, MAX_QUOTES).map(({ sentence, page }) => {
    const shared = terms.map((asked) => asked.intersection(sentence.terms).size);
    return { page: page.number, text: sentence.text, question: shared.indexOf(Math.max(...shared)) };
  });
}

function withMark({ text, page }: Quoted): string {
  return `${text} 【${page}】`;
}

function withCode(quote: Quoted): string {
  const { code = "" } = quote;
  return code === "" || code.length > MAX_CODE_CHARS ? withMark(quote) : `${withMark(quote)}\n\n${code}`;
}

// Longer ones are examples of everything at once.
const MAX_CODE_CHARS = 600;

function section(question: string, quotes: readonly Quoted[]): string {
  return [`## ${question}`, ...(quotes.length === 0 ? [NOT_FOUND] : quotes.map(withCode))].join("\n\n");
}

/** A row for each statement, behind its source; what a cell cannot hold is written so that it can. */
function table(quotes: readonly Quoted[], scene: Scene): string {
  const cell = (text: string) => text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
  const titles = new Map(scene.pages.map(({ number, title }) => [number, title]));
  const rows = quotes.map((quote) => `| ${cell(titles.get(quote.page) ?? "")} | ${cell(withMark(quote))} |`);
  return ["| Source | Statement |", "| --- | --- |", ...rows].join("\n");
}
