/** The document model that Readability brings along for places without one; its package has no types for it. */
declare module "@mozilla/readability/JSDOMParser.js" {
  export default class JSDOMParser {
    /** Reads well-formed markup; what it cannot read it leaves out. */
    parse(markup: string, url?: string): unknown;
  }
}
