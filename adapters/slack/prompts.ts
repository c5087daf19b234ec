import { SAMPLES, sampleWords } from "../../src/chat/samples.ts";
import type { ChannelFacts } from "./channels.ts";
import { clip } from "./slack-text.ts";

/** What a person can press instead of writing. Slack shows at most four. */
export interface Prompt {
  title: string;
  message: string;
}

/** In the manifest, and wherever nothing fits better. */
export const PROMPTS: readonly Prompt[] = SAMPLES.map((sample) => ({
  title: sample.label,
  message: sampleWords(sample),
}));

/**
 * What can be asked while looking at this channel. What is said in it stays there, so it can only be its subject; and the
 * name of a private one is not brought to search services.
 */
export function promptsFor(channel: ChannelFacts | null): Prompt[] {
  const help = { title: "What can I ask?", message: "help" };
  const subject = channel === null || channel.isPrivate ? null : subjectOf(channel.name);
  if (subject === null) return [...PROMPTS, help];
  const news = { title: clip(`News about ${subject}`, 75), message: `What is new about ${subject} this month?` };
  return [news, ...PROMPTS.slice(1), help];
}

/** "#eu-ai-act" is about "eu ai act"; "#general" about nothing that could be looked up. */
function subjectOf(name: string): string | null {
  if (!name.startsWith("#")) return null;
  const words = name
    .slice(1)
    .split(/[-_.]+/)
    .filter((word) => word !== "" && !NO_SUBJECT.has(word.toLowerCase()));
  return words.length === 0 ? null : words.join(" ");
}

const NO_SUBJECT: ReadonlySet<string> = new Set([
  ...["general", "random", "announcements", "announce", "social", "offtopic", "watercooler", "introductions"],
  ...["team", "proj", "project", "help", "ask", "tmp", "temp", "test", "feed", "alerts", "bot", "bots", "dev"],
]);
