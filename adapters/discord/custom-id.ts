/** What a button, select or form is for. The state is in the database: ids work after a restart, and after days. */
export interface CustomId {
  action: string;
  /** The run, in most cases. */
  subject: string;
}

/** "v1:cancel:0b8e…": at most 100 characters, as Discord has it. */
export function formatCustomId({ action, subject }: CustomId): string {
  return `${VERSION}:${action}:${subject}`;
}

/** Null for what another version, or somebody else, made. */
export function parseCustomId(id: string): CustomId | null {
  const [version, action, ...subject] = id.split(":");
  if (version !== VERSION || action === undefined || subject.length === 0) return null;
  return { action, subject: subject.join(":") };
}

const VERSION = "v1";
