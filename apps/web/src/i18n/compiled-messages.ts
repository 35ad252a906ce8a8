import compile from 'icu-minify/compile';
import { messagesByLocale } from './messages/index.ts';
import type { Locale } from './routing.ts';

type Text = (typeof messagesByLocale)[Locale];

const compiled = new Map<Locale, Text>();

/**
 * The text of the interface, parsed: what formats it, here and in browsers, is a tenth of what would also parse it
 * (next.config.ts puts it in the place of the other). Parsed once a language.
 */
export function compiledMessages(locale: Locale): Text {
  const known = compiled.get(locale);
  if (known) return known;
  // By way of JSON: the compiler makes objects without a prototype, which no server component may pass on.
  const made = JSON.parse(JSON.stringify(compileAll(messagesByLocale[locale]))) as Text;
  compiled.set(locale, made);
  return made;
}

interface Tree {
  readonly [key: string]: string | Tree;
}

function compileAll(tree: Tree): object {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, typeof value === 'string' ? compile(value) : compileAll(value)]),
  );
}
