import { z } from "zod";
import { RuminateError } from "./errors.ts";

/**
 * The environment as a frozen object; the only file that knows variable names. An empty variable counts as not set.
 *
 * @throws {RuminateError} CONFIG_INVALID, naming every variable that does not fit, never its value if it is a secret
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = variables.safeParse(set);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new RuminateError("CONFIG_INVALID", `The configuration is not valid. ${problems.join("; ")}.`);
}

export type Config = Readonly<z.infer<typeof variables>>;

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);
const httpUrl = z.url({ protocol: /^https?$/, error: "expected an address that starts with http:// or https://" });
const positive = (what: string) =>
  z.coerce.number({ error: `expected ${what}` }).positive({ error: `expected ${what} above 0` });
const wholeNumber = (what: string, least: number) =>
  z.coerce
    .number({ error: `expected ${what}` })
    .int({ error: `expected ${what}` })
    .min(least, {
      error: `expected ${what} of at least ${least}`,
    });
const backendName = z.enum(["local", "wikipedia", "searxng", "brave", "tavily", "exa"], {
  error: "expected a list of local, wikipedia, searxng, brave, tavily, exa",
});

const variables = z.object({
  // who thinks
  OPENROUTER_API_KEY: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  MODELS: z.string().optional(),
  // The least that the loop is planned for; see the design, section 4.
  CONTEXT_TOKENS: wholeNumber("a number of tokens", 8_000).optional(),
  // where results come from
  CORPUS: list.default([]),
  SEARCH: list.pipe(z.array(backendName)).optional(),
  SEARCH_MODE: z.enum(["first", "merge"], { error: "expected first or merge" }).optional(),
  WIKIPEDIA_LANGUAGE: z
    .string()
    .regex(/^[a-z][a-z-]{1,11}$/, { error: "expected a Wikipedia language such as en or de" })
    .default("en"),
  SEARXNG_URL: httpUrl.optional(),
  BRAVE_API_KEY: z.string().optional(),
  TAVILY_API_KEY: z.string().optional(),
  EXA_API_KEY: z.string().optional(),
  CONTACT: z.string().max(200, { error: "expected at most 200 characters" }).optional(),
  ALLOWED_DOMAINS: list.default([]),
  BLOCKED_DOMAINS: list.default([]),
  // how much
  MAX_COST_PER_RUN: positive("an amount in US dollars").optional(),
  MAX_MINUTES_PER_RUN: positive("a number of minutes").optional(),
  // It could only be on or off until there was more to choose.
  SECOND_OPINION: z
    .union(
      [
        z
          .string()
          .trim()
          .toLowerCase()
          .pipe(z.enum(["off", "weak", "all"])),
        z.stringbool().transform((isOn) => (isOn ? ("weak" as const) : ("off" as const))),
      ],
      { error: "expected off, weak or all" },
    )
    .default("off"),
  // languages
  SEARCH_LANGUAGE: z.string().optional(),
  THINKING_LANGUAGE: z.string().optional(),
  REPORT_LANGUAGE: z.string().optional(),
  // who may ask, how often, how many at once
  ALLOWED_WORKSPACES: list.default([]),
  ALLOWED_CHANNELS: list.default([]),
  ALLOWED_PEOPLE: list.default([]),
  ADMINS: list.default([]),
  QUESTIONS_PER_PERSON_AND_DAY: wholeNumber("a number of questions", 1).optional(),
  QUESTIONS_PER_CHANNEL_AND_MONTH: wholeNumber("a number of questions", 1).optional(),
  QUESTIONS_PER_WORKSPACE_AND_MONTH: wholeNumber("a number of questions", 1).optional(),
  COST_PER_WORKSPACE_AND_MONTH: positive("an amount in US dollars").optional(),
  DIGEST_COST_PER_RUN: positive("an amount in US dollars").optional(),
  DIGEST_COST_PER_MONTH: positive("an amount in US dollars").optional(),
  TIME_ZONE: z.string().refine(isTimeZone, { error: "expected a time zone such as Europe/Berlin" }).default("UTC"),
  RUNS_PER_WORKER: wholeNumber("a number of runs", 1).default(4),
  RUNS_PER_PERSON: wholeNumber("a number of runs", 1).default(2),
  // Slack
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith("xoxb-", { error: "expected a bot token, which starts with xoxb-" })
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith("xapp-", { error: "expected an app token, which starts with xapp-" })
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_PORT: wholeNumber("a port", 0).default(3000),
  SLACK_API_URL: httpUrl.optional(),
  SLACK_HISTORY: z.enum(["full", "slow", "off"], { error: "expected full, slow or off" }).optional(),
  SLACK_SHARED_CHANNELS: z.enum(["yes", "no"], { error: "expected yes or no" }).optional(),
  // Discord
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_SHARDS: z
    .string()
    .regex(/^\d+(-\d+)?\/\d+$/, { error: "expected shards such as 0-3/8" })
    .transform((text) => {
      const [from = 0, to = 0, of = 0] = text.match(/\d+/g)?.map(Number) ?? [];
      return text.includes("-") ? { from, to, of } : { from, to: from, of: to };
    })
    .refine(({ from, to, of }) => from <= to && to < of, { error: "expected shards below the number of all: 0-3/8" })
    .optional(),
  DISCORD_READ_MESSAGES: z.stringbool({ error: "expected true or false" }).default(false),
  DISCORD_GUILD: z.string().regex(/^\d+$/, { error: "expected the id of a server" }).optional(),
  DISCORD_API_URL: httpUrl.default("https://discord.com/api"),
  // the servers
  PORT: wholeNumber("a port", 0).default(8080),
  WORKER_PORT: wholeNumber("a port", 0).optional(),
  // what lasts
  KEEP_DAYS: wholeNumber("a number of days", 1).default(30),
  DATA_DIR: z.string().default(".ruminate"),
  TOKEN_KEYS: list
    .pipe(
      z.array(
        z.string().refine((key) => Buffer.from(key, "base64").length === 32, {
          error: "expected keys of 32 bytes in base64, such as `openssl rand -base64 32` makes",
        }),
      ),
    )
    .default([]),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "expected an address that starts with postgres://" })
    .optional(),
  LOG_LEVEL: z
    .enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"], {
      error: "expected silent, fatal, error, warn, info, debug or trace",
    })
    .optional(),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    // RangeError is the only answer to a name that nobody knows.
    return false;
  }
}

/** The values that must never be written anywhere. */
export function secretsOf(config: Config): string[] {
  const { DATABASE_URL } = config;
  const password = DATABASE_URL === undefined ? "" : decodeURIComponent(new URL(DATABASE_URL).password);
  const secrets = [...SECRETS.map((name) => config[name]), ...config.TOKEN_KEYS, password];
  return secrets.filter((secret) => secret !== undefined && secret !== "") as string[];
}

const SECRETS = [
  "OPENROUTER_API_KEY",
  "OPENAI_API_KEY",
  "BRAVE_API_KEY",
  "TAVILY_API_KEY",
  "EXA_API_KEY",
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_SECRET",
  "DISCORD_TOKEN",
] as const satisfies readonly (keyof Config)[];
