import type { Finding } from "../evidence/finding.ts";
import type { TableRow } from "./tables.ts";

/** What the comparison of a statement with a table comes to. */
export interface Result {
  finding: Finding | null;
  /** The table says so. */
  isBorneOut: boolean;
}

export const SILENT: Result = { finding: null, isBorneOut: false };
export const BORNE_OUT: Result = { finding: null, isBorneOut: true };
export const contradicted = (reason: string): Result => ({ finding: { weight: 1, reason }, isBorneOut: false });
export const labelOf = ({ label }: TableRow): string => label.text.trim();
