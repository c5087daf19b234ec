import type { MarkupSink } from "./markup-events.ts";

/** Passes on only what stands in the part that the page itself calls its main one. */
export function createMainPart(sink: MarkupSink): MarkupSink {
  /** How deep the current element lies, and the main part; 0 = outside of it. */
  let depth = 0;
  let mainDepth = 0;
  return {
    open(name, attributes) {
      depth++;
      if (mainDepth > 0) {
        const isWanted = sink.open(name, attributes);
        if (!isWanted) depth--;
        return isWanted;
      }
      if (name === "main" || attributes.role === "main") mainDepth = depth;
      return true;
    },
    text(data) {
      if (mainDepth > 0) sink.text(data);
    },
    close(name) {
      if (mainDepth === depth) mainDepth = 0;
      else if (mainDepth > 0) sink.close(name);
      depth--;
    },
  };
}
