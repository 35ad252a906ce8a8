export type Language = 'zh' | 'en';

/** Chinese where the shell speaks it, else English. In POSIX' order: LC_ALL, LC_MESSAGES, LANG. */
export function chooseLanguage(variables: Readonly<Record<string, string | undefined>>): Language {
  const locale = variables['LC_ALL'] || variables['LC_MESSAGES'] || variables['LANG'] || '';
  return /^zh\b|^zh_/i.test(locale) ? 'zh' : 'en';
}
