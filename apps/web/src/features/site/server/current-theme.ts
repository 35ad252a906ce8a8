import { cookies } from 'next/headers';
import { readTheme, type Theme, themeCookie } from '#components/theme.ts';

/** The reader's choice, known before the first byte of the page, so that nothing flashes. */
export async function currentTheme(): Promise<Theme> {
  const jar = await cookies();
  return readTheme(jar.get(themeCookie)?.value);
}
