import type { FakeReply, FakeRequest } from "../test/helpers/fake-model-server.ts";
import { STATIONS } from "./corpus.ts";

/** The request of which a model call is part: its number stands in the question. */
export function requestNumberOf({ messages }: Pick<FakeRequest, "messages">): number {
  const text = messages.map(({ content }) => String(content ?? "")).join("\n");
  return Number(/\(request (\d+)\)/.exec(text)?.[1] ?? -1);
}

/** A model that always does the same: search, open the first two results, finish, write with quotes. */
export function respond(request: FakeRequest): FakeReply {
  const { messages, body } = request;
  const usage = { prompt_tokens: 400, completion_tokens: 30, total_tokens: 430, cost: 0.001 };
  if (body.tool_choice === "none" || body.tools === undefined) return { text: answerFrom(messages), usage };
  const turns = messages.filter(({ role }) => role === "assistant").length;
  const question = String(messages.find(({ role }) => role === "user")?.content ?? "");
  const station = STATIONS.find((name) => question.includes(name)) ?? STATIONS[0];
  if (turns === 0)
    return { calls: [{ name: "search", arguments: { query: `${station} station depth opened` } }], usage };
  if (turns === 1) {
    const numbers = linksFor(station, lastToolText(messages)).slice(0, 2);
    if (numbers.length === 0) return { calls: [{ name: "finish", arguments: {} }], usage };
    return { calls: numbers.map((link) => ({ name: "click", arguments: { link_id: link } })), usage };
  }
  return { calls: [{ name: "finish", arguments: {} }], usage };
}

type Message = FakeRequest["messages"][number];

function lastToolText(messages: readonly Message[]): string {
  return String(messages.findLast(({ role }) => role === "tool")?.content ?? "");
}

function linksFor(station: string, text: string): number[] {
  const links = Array.from(text.matchAll(/【(\d+)†([^†】]+)/g), ([, number, title]) => ({
    number,
    title: title ?? "",
  }));
  return links.filter(({ title }) => title.includes(station)).map(({ number }) => Number(number));
}

/** Two statements, each with words that stand in the opened page. */
function answerFrom(messages: readonly Message[]): string {
  const text = messages.map(({ content }) => String(content ?? "")).join("\n");
  const page = /【(\d+)】 (.+?) station\n[\s\S]*?(stands in (\d+) metres of water)[\s\S]*?(opened in (\d{4}))/.exec(
    text,
  );
  if (page === null) return "Nothing about it was found.";
  const [, number, station, depthWords, depth, yearWords, year] = page;
  return `The ${station} measuring station stands in ${depth} metres of water 【${number}†${depthWords}】. It was opened in ${year} 【${number}†${yearWords}】.`;
}
