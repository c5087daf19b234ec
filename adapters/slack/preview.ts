import { createAnswerView } from "../../src/chat/answer-view.ts";
import { HELLO } from "../../src/chat/hello.ts";
import { foldProgress, newCard } from "../../src/chat/progress-card.ts";
import type { DigestForm, DigestLine, DigestReply, Offer, SettingsView } from "../../src/chat-ports.ts";
import type { ProgressCard, ProgressEvent, Report } from "../../src/types.ts";
import { answerContents, answerEndings } from "./answer-blocks.ts";
import { planAnswer } from "./answer-parts.ts";
import { planContents, rootContents, summaryContents } from "./card-blocks.ts";
import { digestForm, digestProposal } from "./digest-forms.ts";
import { digestBlocks } from "./digest-list.ts";
import { homeContents } from "./home-blocks.ts";
import { followUpForm, opinionForm, questionForm } from "./modals.ts";
import { noteContents } from "./notes.ts";
import { offerContents, settledContents } from "./offers.ts";
import { settingsForm } from "./settings-form.ts";

/** One example of each view, by name. */
export function previews(): Record<string, unknown> {
  const { queued, running, done, stopped } = cards();
  const answer = { ...createAnswerView(REPORT, "brief", null), asker: ASKER };
  const plan = planAnswer(answer);
  const form = { channelId: "C0123", threadTs: "1.000001", runId: REPORT.runId };
  return {
    "root-queued": rootContents(queued)[0],
    "root-running": rootContents(running)[0],
    "root-summary": summaryContents(REPORT.question, ASKER, "It listens on port 4317.")[0],
    "plan-running": planContents(running)[0],
    "plan-done": planContents(done)[0],
    "plan-stopped": planContents(stopped)[0],
    "plan-plain": planContents(running)[1],
    answer: answerContents(answer, plan, 0)[0],
    "answer-below-stream": answerEndings(answer, plan, 0)[0],
    "answer-plain": answerContents(answer, plan, 0)[2],
    note: noteContents({ text: "Your answer is ready. Write `answer` in this thread." })[0],
    "digest-set-up": noteContents({ text: SET_UP })[0],
    hello: noteContents({ text: HELLO, hasSamples: true })[0],
    home: homeContents(HOME),
    offer: offerContents(OFFER)[0],
    "offer-settled": settledContents("Noted for the research at work: “And over HTTP?”")[0],
    "form-question": questionForm(form),
    "form-follow-up": followUpForm(form),
    "form-opinion": opinionForm(form),
    "form-digest": digestForm(DIGEST_FORM, { channelId: "", digestId: null, draftId: null }),
    "form-digest-proposal": digestProposal(PROPOSAL, { channelId: "C0123", digestId: null, draftId: null }),
    digests: { text: "1 digest", blocks: digestBlocks([DIGEST], "None yet.") },
    "form-settings": settingsForm(SETTINGS_VIEW, form.channelId),
  };
}

const SET_UP =
  "**Ana** set up what is told here from now on: Digest about PostgreSQL: every weekday at 09:00 (Europe/Berlin), next on Mon 30 Nov 2026 09:00. `digests` lists what is told here.";

const OFFER: Offer = {
  runId: "0b8e",
  asker: "slack:T0123:U0456",
  text: "I am at work on “Which port does the collector listen on?” in this thread. What shall I do with “And over HTTP?”?",
  choices: [
    { type: "note", label: "Add it as a note" },
    { type: "queue", label: "Ask it afterwards" },
    { type: "replace", label: "Stop that, ask this" },
  ],
};
const ASKER = "slack:T0123:U0456";
const QUESTION = "Which port does the collector listen on?";
const PAGE = { url: "https://example.org/collector", title: "Collector" };

const DIGEST: DigestLine = {
  id: "k3f9x",
  name: "Digest about PostgreSQL",
  owner: ASKER,
  when: "every weekday at 09:00 (Europe/Berlin)",
  state: "next on Mon 30 Nov 2026 09:00",
  last: "last: Fri 27 Nov 2026 09:00 told, $0.04",
  cost: "$0.31 this month",
  isActive: true,
};

const HOME = {
  usage: ["You, today: 3 of 20 questions, $0.12. The count starts again at 00:00 UTC, in 5 h 30 m."],
  questions: [
    {
      question: QUESTION,
      state: "answered",
      at: "Fri 27 Nov 2026 09:00",
      url: "https://acme.slack.com/archives/C0123/p1795770000000100?thread_ts=1795770000.000000&cid=C0123",
    },
    { question: "And over HTTP?", state: "waiting", at: "Fri 27 Nov 2026 09:04", url: null },
  ],
  digests: [DIGEST],
  settings: ["depth: deep (set for you)", "form: brief"],
};

const SETTINGS_VIEW: SettingsView = {
  fields: [
    {
      ...{ scope: "person", name: "depth", hint: "How much is read for a question" },
      ...{
        choices: ["quick", "standard", "deep"],
        expected: "quick, standard, deep",
        value: "deep",
        usual: "standard",
      },
    },
    {
      ...{ scope: "workspace", name: "allowed channels", hint: "The only channels in which questions are answered" },
      ...{ choices: null, expected: "a list of channels", isOfChannels: true, value: "C0123456", usual: "all" },
    },
    {
      ...{ scope: "workspace", name: "blocked sites", hint: "Sites that are neither searched nor opened" },
      ...{ choices: null, expected: "a list of sites such as example.com, example.org", value: null, usual: "none" },
    },
  ],
};

const DIGEST_FORM: DigestForm = {
  kind: "topic",
  topic: "PostgreSQL",
  timetable: "every weekday at 09:00",
  timeZone: "Europe/Berlin",
  length: "standard",
  whenNothingNew: "silent",
  researchesOpenQuestions: false,
  runCap: "0.2",
  monthCap: "",
};
const PROPOSAL = {
  kind: "proposal",
  draftId: "k3f9x",
  title: "Digest about PostgreSQL",
  lines: [
    "every weekday at 09:00 (Europe/Berlin)",
    "Next: Mon 30 Nov 2026 09:00, Tue 1 Dec 2026 09:00, Wed 2 Dec 2026 09:00",
    "3 to 7 points; nothing is said when there is nothing new; at most $0.20 each time",
  ],
} as const satisfies DigestReply;

const USAGE = {
  modelCalls: 5,
  promptTokens: 9_000,
  cachedTokens: 0,
  completionTokens: 800,
  costUsd: 0.04,
  searches: 2,
  pages: 1,
  durationMs: 92_000,
};

const EVENTS: ProgressEvent[] = [
  { type: "run-start", runId: "preview", question: QUESTION, depth: "standard" },
  { type: "plan-end", plan: { subQuestions: [{ id: 1, text: QUESTION }] } },
  { type: "search-start", query: "collector port" },
  { type: "search-end", query: "collector port", hits: 12 },
  { type: "page-start", ...PAGE },
  { type: "page-end", ...PAGE, number: 1, part: 1, parts: 1 },
];

function cards(): Record<"queued" | "running" | "done" | "stopped", ProgressCard> {
  const startedAt = "2026-11-22T10:00:00.000Z";
  const first = { ...newCard({ id: "preview", question: QUESTION, depth: "standard", startedAt }), asker: ASKER };
  const running = EVENTS.reduce(foldProgress, first);
  const end = (stopReason: "finished" | "cancelled") =>
    foldProgress(running, { type: "run-end", outcome: "answered", stopReason, usage: USAGE });
  const queued = { ...first, state: "queued" as const, title: "Waiting · place 2 in the queue" };
  return { queued, running, done: end("finished"), stopped: end("cancelled") };
}

const REPORT: Report = {
  runId: "preview",
  question: QUESTION,
  outcome: "answered",
  stopReason: "finished",
  answer: "The collector listens on **port 4317** for gRPC [1].\n\n| Protocol | Port |\n| --- | --- |\n| gRPC | 4317 |",
  citations: [],
  uncited: [],
  removed: 0,
  sources: [{ number: 1, ...PAGE, publishedAt: "2026-05-02T00:00:00.000Z", readAt: "2026-11-22T10:00:30.000Z" }],
  gate: { score: 1, isPassed: true, rules: [], gaps: [] },
  gaps: [],
  contradictions: [],
  plan: { subQuestions: [{ id: 1, text: QUESTION }] },
  queries: ["collector port"],
  models: [{ model: "example", calls: 5 }],
  usage: USAGE,
  finishedAt: "2026-11-22T10:01:32.000Z",
};
