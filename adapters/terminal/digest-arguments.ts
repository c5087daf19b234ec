import { RuminateError } from "../../src/errors.ts";
import { parseOptions } from "./parse-options.ts";

export interface DigestArguments {
  /** What is researched. Either this or `talk` is null. */
  topic: string | null;
  /** Addresses of RSS or Atom feeds that are read first. */
  feeds: string[];
  /** Folders that are searched in place of the configured ones. */
  corpus: string[];
  /** File or folder with the exported talk of a channel. */
  talk: string | null;
  /** How the channel is called, or null for the name of the file. */
  channel: string | null;
  /** Address of the Slack workspace for the links to its messages. */
  workspaceAddress: string;
  /** Only what was said since then; null = all. ISO 8601. */
  since: string | null;
  length: "brief" | "standard";
  isJson: boolean;
  /** File for the digest as Markdown, or null. */
  outFile: string | null;
}

export const DIGEST_USAGE = `Usage: npm run digest -- --topic WORDS [options]
       npm run digest -- --talk EXPORT [options]

  --topic WORDS        what is new about it, from the web and the configured documents
  --feed URL           with --topic: read this RSS or Atom feed first; may be repeated
  --corpus DIR         search this folder instead; may be repeated
  --talk EXPORT        what was said in a channel: a Slack export (day file or folder of the channel), or a Discord
                       channel as JSON (DiscordChatExporter, or messages as the API gives them)
  --since WHEN         only what is newer: 24h, 7d, 2w, or a date such as 2026-11-20 (default: all)
  --channel NAME       how the channel is called (default: as the file or folder)
  --workspace URL      address of the Slack workspace for links to messages (default: https://slack.com)
  --length LENGTH      brief or standard (default: standard)
  --out FILE           also write the digest as Markdown
  --json               the digest as one JSON object on standard output
  --help               this text`;

/** @throws {RuminateError} USAGE_INVALID, with what was expected */
export function readDigestArguments(argv: string[], now: Date): DigestArguments | "help" {
  const values = parse(argv);
  if (values.help) return "help";
  if ((values.talk === undefined) === (values.topic === undefined)) {
    throw new RuminateError(
      "USAGE_INVALID",
      "Expected either --topic with words or --talk with an export. `npm run digest -- --help` shows how.",
    );
  }
  if (values.length !== "brief" && values.length !== "standard")
    throw new RuminateError("USAGE_INVALID", `Expected --length to be brief, standard, got "${values.length}".`);
  return {
    topic: values.topic ?? null,
    feeds: values.feed.map(feedOf),
    corpus: values.corpus,
    talk: values.talk ?? null,
    channel: values.channel ?? null,
    workspaceAddress: addressOf(values.workspace),
    since: values.since === undefined ? null : sinceOf(values.since, now),
    length: values.length,
    isJson: values.json,
    outFile: values.out ?? null,
  };
}

function parse(argv: string[]) {
  return parseOptions("digest", {
    args: argv,
    options: {
      topic: { type: "string" },
      feed: { type: "string", multiple: true, default: [] },
      corpus: { type: "string", multiple: true, default: [] },
      talk: { type: "string" },
      since: { type: "string" },
      channel: { type: "string" },
      workspace: { type: "string", default: "https://slack.com" },
      length: { type: "string", default: "standard" },
      out: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}

const HOURS: Record<string, number> = { h: 1, d: 24, w: 24 * 7 };

function sinceOf(text: string, now: Date): string {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined)
    return new Date(now.getTime() - Number(count) * (HOURS[unit] ?? 0) * 3_600_000).toISOString();
  if (/^\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?$/.test(text) && !Number.isNaN(Date.parse(text)))
    return new Date(text).toISOString();
  throw new RuminateError("USAGE_INVALID", `Expected --since to be such as 24h, 7d, 2w or 2026-11-20, got "${text}".`);
}

function feedOf(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
  throw new RuminateError(
    "USAGE_INVALID",
    `Expected --feed to be an address that starts with https://, got "${text}".`,
  );
}

function addressOf(text: string): string {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (URL.canParse(address)) return new URL(address).origin;
  throw new RuminateError("USAGE_INVALID", `Expected --workspace to be an address, got "${text}".`);
}
