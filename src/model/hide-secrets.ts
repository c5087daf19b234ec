/**
 * Makes a function that takes the given secrets, and whatever is shaped like a key or a credential, out of a text.
 * Endpoints echo keys in their error messages; those messages travel into errors that people read.
 */
export function createSecretHider(secrets: readonly (string | null)[]): (text: string) => string {
  const known = secrets.filter((secret) => secret !== null).filter((secret) => secret.length >= MIN_SECRET_CHARS);
  return (text) => {
    let hidden = text;
    for (const secret of known) hidden = hidden.replaceAll(secret, HIDDEN);
    return hidden.replace(KEY_SHAPES, HIDDEN);
  };
}

const HIDDEN = "[hidden]";
// Servers without keys are given words such as "ollama"; hiding those would only spoil the messages.
const MIN_SECRET_CHARS = 8;
// Keys of OpenAI, OpenRouter and their kin, also with the stars that OpenAI puts in; bearer tokens; passwords in URLs.
const KEY_SHAPES = /\bsk-[\w*-]{6,}|(?<=\bBearer\s{1,3})[\w.~+/=-]{6,}|(?<=:\/\/)[^\s/@]{1,256}(?=@)/gi;
