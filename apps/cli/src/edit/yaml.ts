import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { Editor } from './editor.ts';
import { UnreadableFile } from './unreadable.ts';

/** YAML: comments, order and quotes stay; blanks may be evened out. */
export const yamlEditor: Editor = {
  read(text) {
    const value = documentOf(text).toJS() ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw new UnreadableFile(1);
    return value;
  },
  set(text, path, value) {
    const document = documentOf(text);
    for (let length = 1; length < path.length; length++) {
      const outer = path.slice(0, length);
      if (!isMap(document.getIn(outer, true))) document.setIn(outer, document.createNode({}));
    }
    const node = document.createNode(value);
    // Where it was empty it may have been written as {} or [].
    const parent = document.getIn(path.slice(0, -1), true);
    if ((isMap(parent) || isSeq(parent)) && parent.items.length === 0) parent.flow = false;
    document.setIn(path, node);
    return written(document, text);
  },
  setItem(text, path, at, value) {
    const document = documentOf(text);
    const list = document.getIn(path, true);
    if (!isSeq(list)) return yamlEditor.set(text, path, [value]);
    if (list.items.length === 0) list.flow = false;
    if (at === undefined) list.add(document.createNode(value));
    else list.set(at, document.createNode(value));
    return written(document, text);
  },
  removeItem(text, path, at) {
    const document = documentOf(text);
    document.deleteIn([...path, at]);
    return written(document, text);
  },
  remove(text, path) {
    const document = documentOf(text);
    if (!document.hasIn(path)) return text;
    document.deleteIn(path);
    const parent = path.slice(0, -1);
    const rest = parent.length > 0 ? document.getIn(parent, true) : undefined;
    if (isMap(rest) && rest.items.length === 0) document.deleteIn(parent);
    return written(document, text);
  },
};

function documentOf(text: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new UnreadableFile(error.linePos?.[0].line ?? 1);
  return document;
}

function written(document: Document, source: string): string {
  if (isMap(document.contents) && document.contents.items.length === 0) return '';
  // Lists stand where the file has them: under their key, or one step in.
  const isFlush = /^[^\s#-][^\n]*:[ \t]*(#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*- /m.test(source);
  const indent = /^[^\s#-][^\n]*:[ \t]*\n( +)\S/m.exec(source)?.[1]?.length ?? 2;
  return document.toString({
    lineWidth: 0,
    indentSeq: !isFlush,
    indent,
    flowCollectionPadding: !/\[[^\s\]]/.test(source),
  });
}
