import type { TalkMessage } from "../../src/types.ts";

const PEOPLE = ["Ana Lindt", "Ben Okafor", "Chloé Martin", "Dana Kim", "Emil Novak", "Farah Aziz"] as const;
const TOPICS = [
  "queue",
  "login page",
  "invoice export",
  "search index",
  "mobile release",
  "database backup",
  "design review",
  "load test",
  "customer survey",
  "status page",
] as const;
const CHATTER = [
  "I had a look at the numbers this morning and they seem plausible to me.",
  "Same here, the dashboard looks a bit odd on my screen though.",
  "Thanks for the notes, that helps a lot.",
  "Interesting, I did not expect this from the staging cluster.",
  "Let us talk about it over coffee.",
  "My calendar is full today, tomorrow is better.",
] as const;

/** What somebody could want to read of thread number `index`, in one message each. */
export function plantedIn(index: number): { decision: string; request: string; question: string; news: string } {
  const topic = TOPICS[index % TOPICS.length];
  return {
    decision: `We decided to move the ${topic} to plan ${index + 10}.`,
    request: `Can you check the ${topic} budget of ${index + 200} euros until Friday?`,
    question: `Does the ${topic} of group ${index + 30} need a second reviewer?`,
    news: `The ${topic} of team ${index + 50} was released with ${index + 3} fixes.`,
  };
}

/** 500 messages in 20 threads (25 each) of one week: chatter with four messages in each that tell something. */
export function weekOfTalk({ threads = 20, perThread = 25 } = {}): TalkMessage[] {
  const start = Date.parse("2026-11-16T08:00:00.000Z");
  return Array.from({ length: threads }, (_thread, thread) => {
    const planted = plantedIn(thread);
    const told = new Map([
      [3, planted.question],
      [9, planted.request],
      [15, planted.decision],
      [20, planted.news],
    ]);
    return Array.from({ length: perThread }, (_message, index): TalkMessage => {
      const at = new Date(start + thread * 7 * 3_600_000 + index * 4 * 60_000).toISOString();
      const topic = TOPICS[thread % TOPICS.length];
      const opening = `Morning! A few words on the ${topic} of this week, thread ${thread + 1}.`;
      return {
        id: `${thread}-${index}`,
        author: PEOPLE[(thread + index) % PEOPLE.length] ?? "Ana Lindt",
        at,
        text: index === 0 ? opening : (told.get(index) ?? CHATTER[(thread * 7 + index) % CHATTER.length] ?? ""),
        permalink: `https://acme.example/archives/C1/p${thread}${String(index).padStart(3, "0")}`,
        threadId: `${thread}-0`,
        replies: index === 0 ? perThread - 1 : 0,
      };
    });
  }).flat();
}
