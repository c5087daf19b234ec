import { z } from "zod";
import type { Tool } from "../ports.ts";

const input = z.strictObject({});

export const finishTool: Tool<z.infer<typeof input>> = {
  name: "finish",
  description:
    "Say that the evidence needed for the whole question has been found and read. The report is written afterwards.",
  input,
  async run() {
    return { kind: "finish" };
  },
};
