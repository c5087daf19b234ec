import { judgeAll, startCrew, withHouse } from "../crew.ts";
import type { House } from "../house.ts";
import { delay, type Scenario, type Setting, single } from "../scenario.ts";
import { startTcpProxy, type TcpProxy } from "../tcp-proxy.ts";

export const databaseGone: Scenario = {
  name: "database gone for 10 s in mid-run, and back",
  engines: ["PostgreSQL"],
  isShort: true,
  run: (setting) => withProxy(setting, async (house, proxy) => outage(house, proxy, "gone", 10_000)),
};

export const databaseSilent: Scenario = {
  name: "database connections open but dead for 45 s",
  engines: ["PostgreSQL"],
  isShort: false,
  run: (setting) => withProxy(setting, async (house, proxy) => outage(house, proxy, "silent", 45_000)),
};

export const databaseLate: Scenario = {
  name: "database not there at the start",
  engines: ["PostgreSQL"],
  isShort: false,
  run: (setting) =>
    withProxy(setting, async (house, proxy) => {
      proxy.become("gone");
      const child = house.start({ listens: true, works: true });
      const asking = house.ask();
      await delay(5_000);
      const early =
        house.questions[0]?.ackedAt === null && child.isAlive() ? [] : ["it acknowledged without a database"];
      proxy.become("open");
      const backAt = performance.now();
      await asking;
      const seconds = ((performance.now() - backAt) / 1000).toFixed(1);
      return single([...early, ...(await judgeAll(house))], [`first acknowledgement ${seconds} s after it was there`]);
    }),
};

async function outage(house: House, proxy: TcpProxy, state: "gone" | "silent", milliseconds: number) {
  const crew = await startCrew(house, "PostgreSQL");
  const before = [house.ask(), house.ask(), house.ask()];
  await Promise.all(before);
  await delay(400);
  proxy.become(state);
  const during = [house.ask(), house.ask()];
  await delay(milliseconds);
  proxy.become("open");
  const backAt = performance.now();
  await Promise.all(during);
  const acked = ((performance.now() - backAt) / 1000).toFixed(1);
  const dead = crew.filter((child) => !child.isAlive()).map(({ pid }) => `process ${pid} ended`);
  const problems = await judgeAll(house);
  return single([...dead, ...problems], [`questions of the outage acknowledged ${acked} s after it`]);
}

async function withProxy(
  { databaseUrl, signal }: Setting,
  use: (house: House, proxy: TcpProxy) => ReturnType<Scenario["run"]>,
): ReturnType<Scenario["run"]> {
  const direct = new URL(databaseUrl ?? "");
  const proxy = await startTcpProxy({ host: direct.hostname, port: Number(direct.port || 5432) });
  const through = new URL(direct);
  through.port = String(proxy.port);
  try {
    return await withHouse({ databaseUrl: through.href, signal, modelDelayMs: 300 }, (house) => use(house, proxy));
  } finally {
    await proxy.close();
  }
}
