/** Handlers that do nothing. */
export { NOBODY as DEAF } from "../../src/role-terminal.ts";
