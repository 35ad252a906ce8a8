import { asObject, asText, type JsonObject } from '../json/parse.ts';
import { type Carried, eachObject, isFilled } from './carried.ts';

/** What a Gemini request carries, in either of Google's spellings: in every content, and in what functions have answered. */
export function noteGemini(root: JsonObject, carried: Carried): void {
  if (Array.isArray(root['tools']) && root['tools'].some(offersSome)) carried.note('tools', 'tools');
  eachObject(root['contents'], 'contents', (content, path) => noteParts(content['parts'], `${path}.parts`, carried));
}

/** A tool without a function in it offers none; the others are switched on by an object. */
function offersSome(tool: unknown): boolean {
  return Object.values(asObject(tool) ?? {}).some((value) => isFilled(value) || asObject(value) !== undefined);
}

/** Google also reads a single part that stands without its array. */
function noteParts(parts: unknown, path: string, carried: Carried): void {
  eachObject(Array.isArray(parts) ? parts : [parts], path, (part, at) => {
    const response = asObject(part['functionResponse'] ?? part['function_response']);
    const call = asObject(part['functionCall'] ?? part['function_call']);
    if (call ?? response) carried.note('tools', at);
    noteMedia(part, at, carried);
    if (response) noteParts(response['parts'], `${at}.functionResponse.parts`, carried);
  });
}

function noteMedia(part: JsonObject, path: string, carried: Carried): void {
  const data = part['inlineData'] ?? part['inline_data'] ?? part['fileData'] ?? part['file_data'];
  const media = asObject(data);
  const type = asText(media?.['mimeType'] ?? media?.['mime_type'])?.toLowerCase();
  if (type?.startsWith('image/')) carried.note('images', path);
  if (type === 'application/pdf') carried.note('documents', path);
}
