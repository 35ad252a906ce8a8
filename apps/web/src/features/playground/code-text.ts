import { keyPlaceholder } from '#features/docs/placeholders.ts';
import { type Question, wireRequest } from './request.ts';

export const codeLanguages = ['curl', 'python', 'node'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

/** The question as code that can be pasted, with a word where the key goes. @param workerUrl without a trailing slash */
export function codeText(language: CodeLanguage, question: Question, workerUrl: string): string {
  return writers[language](question, workerUrl);
}

const writers: Readonly<Record<CodeLanguage, (question: Question, workerUrl: string) => string>> = {
  curl: (question, workerUrl) => {
    const { path, headers, keyHeader, body } = wireRequest(question, true);
    const all = { ...headers, [keyHeader.name]: keyHeader.before + keyPlaceholder };
    const lines = Object.entries(all).map(([name, value]) => `  -H ${shellText(`${name}: ${value}`)}`);
    const data = `  -d ${shellText(JSON.stringify(body, null, 2))}`;
    return [`curl -N ${shellText(workerUrl + path)}`, ...lines, data].join(' \\\n');
  },
  python: (question, workerUrl) => {
    const { path, headers, keyHeader, body } = wireRequest(question, false);
    return [
      'import json, os, urllib.request',
      '',
      `body = json.loads(${JSON.stringify(JSON.stringify(body))})`,
      'request = urllib.request.Request(',
      `    ${JSON.stringify(workerUrl + path)},`,
      '    data=json.dumps(body).encode(),',
      `    headers={**json.loads(${JSON.stringify(JSON.stringify(headers))}), ${JSON.stringify(keyHeader.name)}: ${JSON.stringify(keyHeader.before)} + os.environ["AI_BRIDGE_API_KEY"]},`,
      ')',
      'with urllib.request.urlopen(request) as answer:',
      '    print(json.dumps(json.load(answer), indent=2, ensure_ascii=False))',
    ].join('\n');
  },
  node: (question, workerUrl) => {
    const { path, headers, keyHeader, body } = wireRequest(question, false);
    const key = `${JSON.stringify(keyHeader.before)} + process.env.AI_BRIDGE_API_KEY`;
    return [
      `const answer = await fetch(${JSON.stringify(workerUrl + path)}, {`,
      "  method: 'POST',",
      `  headers: { ...${JSON.stringify(headers)}, ${JSON.stringify(keyHeader.name)}: ${key} },`,
      `  body: JSON.stringify(${indent(JSON.stringify(body, null, 2))}),`,
      '});',
      'console.log(answer.status, await answer.json());',
    ].join('\n');
  },
};

/** In single quotes, in which a shell reads nothing but their end. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
