import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { readConfig } from "../src/config.ts";
import { createService } from "../src/wire-service.ts";
import { startFakeSlack } from "../test/helpers/fake-slack.ts";
import { addChannel, addUser } from "../test/helpers/fake-slack-world.ts";
import { atMost, type Bench, measured, median } from "./measurement.ts";
import { slackOn } from "./slack-platform.ts";

const MENTIONS = 200;
// The goals: 500 ms on PostgreSQL, 1.5 s on the embedded database.
const GOAL_MS = { postgres: 500, embedded: 1_500 };

/**
 * 200 mentions within one second on one process that only listens: every one stored before it is acknowledged.
 *
 * `--database URL` measures on that PostgreSQL, else on the embedded database.
 */
export async function run(options: string[]): Promise<Bench> {
  const { values } = parseArgs({ args: options, options: { database: { type: "string" } }, strict: false });
  const url = typeof values.database === "string" ? values.database : undefined;
  const directory = await mkdtemp(join(tmpdir(), "ruminate-bench-slack-"));
  const fake = await startFakeSlack({ hasRateLimits: false });
  const log = pino({ level: "silent" });
  const platform = slackOn(fake, log);
  const config = readConfig({ DATA_DIR: directory, CORPUS: directory, SEARCH: "local", DATABASE_URL: url });
  const service = createService(config, { log, platforms: [platform], listens: true, works: false });
  await service.start();
  try {
    const slowest = await mentionAll(fake);
    const engine = url === undefined ? "embedded" : "postgres";
    return {
      title: `Slack: ${MENTIONS} mentions within one second (${engine} database)`,
      measurements: [
        atMost("slowest acknowledgement", Math.max(...slowest.times), GOAL_MS[engine], "ms"),
        measured("middle acknowledgement", median(slowest.times), "ms"),
        atMost("mentions that were not acknowledged", slowest.lost, 0, ""),
      ],
    };
  } finally {
    await service.stop();
    await fake.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function mentionAll(
  fake: Awaited<ReturnType<typeof startFakeSlack>>,
): Promise<{ times: number[]; lost: number }> {
  const user = addUser(fake.workspace, "ana");
  const channel = addChannel(fake.workspace, "policy");
  const said: ReturnType<typeof fake.say>[] = [];
  for (let index = 0; index < MENTIONS; index += 1) {
    said.push(
      fake.say({ workspace: fake.workspace, user, channel }, `<@${fake.workspace.botUserId}> question ${index}`),
    );
    if (index % 10 === 9) await wait(1_000 / (MENTIONS / 10) / 2);
  }
  const deliveries = (await Promise.all(said.map(({ delivered }) => delivered))).flat();
  const mentions = deliveries.filter(({ body }) => (body.event as { type?: string }).type === "app_mention");
  const lost = MENTIONS - mentions.filter(({ isAcknowledged }) => isAcknowledged).length;
  return { times: mentions.map(({ attempts }) => attempts.at(-1) ?? Number.POSITIVE_INFINITY), lost };
}
