import { z } from "zod";
import type { Tool, ToolDescription } from "../ports.ts";

/** The tool as the model is told of it. */
export function describeTool(tool: Tool): ToolDescription {
  const { $schema, ...parameters } = z.toJSONSchema(tool.input) as Record<string, unknown>;
  return { name: tool.name, description: tool.description, parameters: withoutLimits(parameters) };
}

/** The four schemas are the published protocol's, to the letter; our own limits are told when they are broken. */
function withoutLimits(parameters: Record<string, unknown>): Record<string, unknown> {
  const properties = Object.entries((parameters.properties ?? {}) as Record<string, { type?: string }>);
  return { ...parameters, properties: Object.fromEntries(properties.map(([name, { type }]) => [name, { type }])) };
}
