import { asObject, asText, type JsonObject } from '../json/parse.ts';
import { type Carried, eachObject, isDocumentData, isFilled } from './carried.ts';

/** What a Chat request carries: in every message, the results of tools among them. */
export function noteChat(root: JsonObject, carried: Carried): void {
  for (const field of ['tools', 'functions']) if (isFilled(root[field])) carried.note('tools', field);
  eachObject(root['messages'], 'messages', (message, path) => noteMessage(message, path, carried));
}

function noteMessage(message: JsonObject, path: string, carried: Carried): void {
  const { role } = message;
  if (role === 'tool' || role === 'function') carried.note('tools', path);
  if (isFilled(message['tool_calls'])) carried.note('tools', `${path}.tool_calls`);
  if (asObject(message['function_call'])) carried.note('tools', `${path}.function_call`);
  eachObject(message['content'], `${path}.content`, (part, at) => {
    if (part['type'] === 'image_url') carried.note('images', at);
    if (part['type'] === 'file' && isDocument(asObject(part['file']))) carried.note('documents', at);
  });
}

/** What a file is that the upstream keeps is not known. */
function isDocument(file: JsonObject | undefined): boolean {
  const data = asText(file?.['file_data']);
  return data !== undefined && isDocumentData(data);
}
