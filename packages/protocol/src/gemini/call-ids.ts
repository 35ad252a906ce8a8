/** The beginning of ids that we gave to calls which had none. */
const prefix = 'call_g_';
const unusual = /[^A-Za-z0-9_-]/g;

/**
 * An id for a call in a request whose client keeps none: the same for the same call of the same conversation, however much
 * longer it grows, so that prompts stay the same for caches. At most 40 characters, which all protocols take.
 *
 * @param place how many calls without an id came before it
 */
export function idOfPastCall(place: number, name: string): string {
  return `${prefix}${place}_${name.replace(unusual, '_').slice(0, 28)}`;
}

/**
 * An id for a call in an answer that names none. The answer's own id makes it unique within a conversation.
 *
 * @param place how many calls came before it in the answer
 */
export function idOfNewCall(answer: string, place: number): string {
  return `${prefix}${answer.replace(unusual, '_').slice(0, 26)}_${place}`;
}

/** Whether an id was made up by us: the upstream never saw it. */
export function isMadeUp(id: string): boolean {
  return id.startsWith(prefix);
}

/** A short name for an answer that has no id of its own, from its first chunk, which also tells the prompt's tokens (FNV-1a). */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
