import { asObject, type JsonObject } from '../json/parse.ts';
import { type Carried, eachObject, isFilled } from './carried.ts';

/** What an Anthropic request carries: in every turn, and in the results of tools. */
export function noteAnthropic(root: JsonObject, carried: Carried): void {
  if (isFilled(root['tools'])) carried.note('tools', 'tools');
  eachObject(root['messages'], 'messages', (message, path) =>
    noteBlocks(message['content'], `${path}.content`, carried),
  );
}

function noteBlocks(content: unknown, path: string, carried: Carried): void {
  eachObject(content, path, (block, at) => {
    switch (block['type']) {
      case 'image':
        return carried.note('images', at);
      case 'document':
        return noteDocument(asObject(block['source']), at, carried);
      case 'tool_use':
        return carried.note('tools', at);
      case 'tool_result':
        carried.note('tools', at);
        return noteBlocks(block['content'], `${at}.content`, carried);
    }
  });
}

/** Plain texts may call themselves documents, and a file that the upstream keeps may be one. */
function noteDocument(source: JsonObject | undefined, path: string, carried: Carried): void {
  const type = source?.['type'];
  if (type === 'base64' || type === 'url') carried.note('documents', path);
  if (type === 'content') noteBlocks(source?.['content'], `${path}.source.content`, carried);
}
