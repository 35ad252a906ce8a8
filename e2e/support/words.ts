import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../apps/web/src/i18n/messages', import.meta.url));

/** Tells what the interface says. @param key a file of texts and the way into it: `refund-desk.form.reason` */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

/** The interface's own texts in a language, for tests that walk in all of them. A key that is none fails. */
export function wordsIn(locale: 'zh' | 'en'): Say {
  return (key, values = {}) => {
    const [file, ...way] = key.split('.');
    let text: unknown = JSON.parse(fs.readFileSync(`${folder}/${locale}/${file}.json`, 'utf8'));
    for (const name of way) text = (text as Record<string, unknown> | undefined)?.[name];
    if (typeof text !== 'string') throw new Error(`there is no text ${key} in ${locale}`);
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
}
