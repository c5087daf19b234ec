import { z } from "zod";
import type { Tool } from "../ports.ts";
import { openAddress } from "./open-address.ts";

const input = z.strictObject({ url: z.string().trim().min(1).max(8192) });

export const openTool: Tool<z.infer<typeof input>> = {
  name: "open",
  description:
    "Open a page by its address. Only addresses from search results, from opened pages or from the question can be opened.",
  input,
  run({ url }, context) {
    return openAddress(withScheme(url), null, context);
  },
};

/** The protocol allows a bare domain. */
export function withScheme(url: string): string {
  return /^[a-z][a-z\d+.-]*:/i.test(url) ? url : `https://${url}`;
}
