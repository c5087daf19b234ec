import { RuminateError } from "../errors.ts";
import { cleanText } from "../untrusted.ts";

// About 1,000 tokens: room for a long question, while an 8k window keeps space for evidence.
export const MAX_QUESTION_CHARS = 4_000;

/** The asker's text as a question. @throws {RuminateError} QUESTION_EMPTY, QUESTION_TOO_LONG */
export function readQuestion(text: string): string {
  const question = cleanText(text).trim();
  if (!/[\p{L}\p{N}]/u.test(question)) throw new RuminateError("QUESTION_EMPTY", "The question holds no word.");
  if (question.length > MAX_QUESTION_CHARS) {
    throw new RuminateError(
      "QUESTION_TOO_LONG",
      `The question has ${question.length} characters, at most ${MAX_QUESTION_CHARS} can be read. Shorten it, or put the material into a file and search it as a corpus.`,
    );
  }
  return question;
}
