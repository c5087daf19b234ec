/** What a digest on a topic asks. Feeds stand in the words of the question, so that they are addresses that may be opened. */
export function topicQuestion(topic: string, feeds: readonly string[] = []): string {
  const from = feeds.length === 0 ? "" : ` Open these feeds first: ${feeds.join(" ")}`;
  return `What is new about ${topic}?${from}`;
}
