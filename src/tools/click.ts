import { z } from "zod";
import type { Tool } from "../ports.ts";
import { openAddress } from "./open-address.ts";

const input = z.strictObject({ link_id: z.int() });

export const clickTool: Tool<z.infer<typeof input>> = {
  name: "click",
  description:
    "Open a link by its number: a search hit, a link inside a page, or another part of a long page. Numbers are the ones shown as 【number†title】.",
  input,
  async run({ link_id }, context) {
    const target = context.target(link_id);
    if (target === null) {
      return {
        kind: "failure",
        code: "UNKNOWN_LINK",
        message: `There is no link ${link_id}. Use a number that was shown as 【number†…】, or search first.`,
      };
    }
    if (target.kind === "part") return { kind: "part", source: target.source, part: target.part };
    return openAddress(target.url, link_id, context);
  },
};
