/** The first words in a channel that the bot was made a member of: how to ask, what is set, what is read. */
export const HELLO = `Hello. I research questions: I search, read, and answer with numbered sources, and every statement is checked against the text it cites.
- **Ask** by mentioning me, or with \`/research\`: \`why did …?\`. \`deep: …\` reads more, \`quick: …\` less, \`… as a table\` compares.
- **Follow up** in the thread of an answer. \`stop\`, or the button on the plan, ends a research with what was found.
- **What I read here:** messages that mention me, and in a thread what was said in it before. \`summarise this channel since Monday\` reads the channel when you ask for it; no copy of messages is kept, and what was said here is told nowhere else.
- \`settings\` tells what is set here, \`digest every weekday at 9: news about …\` brings you what is new, \`help\` tells the rest.`;
