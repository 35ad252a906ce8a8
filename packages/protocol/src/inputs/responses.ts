import { asObject, asText, type JsonObject } from '../json/parse.ts';
import { type Carried, eachObject, isDocumentData, isFilled } from './carried.ts';

const toolItems: ReadonlySet<unknown> = new Set([
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
]);

/** What a Responses request carries: in every item, and in what tools have put out. */
export function noteResponses(root: JsonObject, carried: Carried): void {
  if (isFilled(root['tools'])) carried.note('tools', 'tools');
  eachObject(root['input'], 'input', (item, path) => {
    if (toolItems.has(item['type'])) carried.note('tools', path);
    noteParts(item['content'], `${path}.content`, carried);
    noteParts(item['output'], `${path}.output`, carried);
    if (asObject(item['output'])?.['type'] === 'computer_screenshot') carried.note('images', `${path}.output`);
  });
}

function noteParts(content: unknown, path: string, carried: Carried): void {
  eachObject(content, path, (part, at) => {
    if (part['type'] === 'input_image') carried.note('images', at);
    if (part['type'] === 'input_file' && isDocument(part)) carried.note('documents', at);
  });
}

/** What a file is that the upstream keeps is not known. */
function isDocument(part: JsonObject): boolean {
  const data = asText(part['file_data']) ?? asText(part['file_url']);
  return data !== undefined && isDocumentData(data);
}
