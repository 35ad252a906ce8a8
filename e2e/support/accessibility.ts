/// <reference lib="dom.iterable" />
import type { Page } from '@playwright/test';

/** What is wrong with the page as it stands, for people who do not see it or do not use a mouse; empty where nothing is. */
export function accessibilityFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const minContrast = 4.5;
    const minLargeContrast = 3;
    const minTargetPx = 24;
    const faults: string[] = [];
    const dialog = document.querySelector('[role=dialog]');
    const scope: ParentNode = dialog ?? document;
    const all = [...scope.querySelectorAll<HTMLElement>('*')].filter((element) => element.checkVisibility());
    const said = (element: Element) => `${element.outerHTML.slice(0, 160)}…`;
    const found = (what: string, element: Element) => faults.push(`${what}: ${said(element)}`);

    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) faults.push(`id used twice: ${id}`);

    let level = dialog ? 1 : 0;
    for (const heading of all.filter(({ tagName }) => /^H[1-6]$/.test(tagName))) {
      const own = Number(heading.tagName[1]);
      if (own > level + 1) found(`heading of level ${own} after ${level}`, heading);
      level = own;
    }
    if (!dialog && all.filter(({ tagName }) => tagName === 'H1').length !== 1) faults.push('not exactly one h1');

    for (const element of all) {
      for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
        const refs = element.getAttribute(attribute)?.split(/\s+/).filter(Boolean) ?? [];
        if (attribute !== 'aria-controls' && refs.some((id) => !document.getElementById(id)))
          found(`${attribute} leads nowhere`, element);
      }
      if (isControl(element) && nameOf(element) === '') found('control without a name', element);
      if (element.tagName === 'IMG' && !element.hasAttribute('alt')) found('picture without alt', element);
      if (element.tagName === 'SVG' && !element.closest('[aria-hidden=true]') && nameOf(element) === '')
        found('drawing without a name', element);
      if (isControl(element) && isTooSmall(element)) found('target under 24 px', element);
      checkContrast(element);
    }
    return faults;

    function isControl(element: HTMLElement): boolean {
      if (element.closest('[aria-hidden=true]')) return false;
      return element.matches(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=checkbox], [role=radio], [role=menuitem], [role=tab]',
      );
    }

    function nameOf(element: Element): string {
      const byRef = (element.getAttribute('aria-labelledby') ?? '')
        .split(/\s+/)
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ');
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
      const texts = [
        byRef,
        element.getAttribute('aria-label') ?? '',
        ...labels.map(({ textContent }) => textContent ?? ''),
        element.matches('input, select, textarea') ? '' : (element.textContent ?? ''),
        element.closest('label')?.textContent ?? '',
        element.getAttribute('title') ?? '',
      ];
      return texts.map((text) => text.trim()).find((text) => text !== '') ?? '';
    }

    /** Links in a line of text may be as high as the line. */
    function isTooSmall(element: HTMLElement): boolean {
      const target = element.closest('label') ?? element;
      const { width, height } = target.getBoundingClientRect();
      const isHidden = width <= 1 || height <= 1 || element.classList.contains('sr-only');
      const isInline = getComputedStyle(element).display.startsWith('inline') && element.tagName === 'A';
      return !isHidden && !isInline && (height < minTargetPx || width < minTargetPx);
    }

    function checkContrast(element: HTMLElement): void {
      const ownText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!ownText || element.closest('[aria-hidden=true], :disabled, [aria-disabled=true], .sr-only, option')) return;
      const style = getComputedStyle(element);
      const text = colorOf(style.color);
      const ground = groundOf(element);
      if (!text || !ground) return;
      const sizePx = Number.parseFloat(style.fontSize);
      const isLarge = sizePx >= 24 || (sizePx >= 18.66 && Number(style.fontWeight) >= 700);
      const contrast = contrastOf(text, ground);
      if (contrast < (isLarge ? minLargeContrast : minContrast)) found(`contrast ${contrast.toFixed(2)}`, element);
    }

    function groundOf(element: Element): number[] | undefined {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const color = colorOf(getComputedStyle(at).backgroundColor);
        if (color && (color[3] ?? 1) === 1) return color;
      }
      return [255, 255, 255];
    }

    function colorOf(text: string): number[] | undefined {
      return /^rgba?\(/.test(text) ? text.match(/[\d.]+/g)?.map(Number) : undefined;
    }

    function contrastOf(one: number[], other: number[]): number {
      const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
      return (bright + 0.05) / (dark + 0.05);
    }

    function luminance(color: number[]): number {
      const [red = 0, green = 0, blue = 0] = color.map((part) => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
  });
}

/** Presses Tab through the page's content. @returns what could be focused by its kind and was not, or shows no sign of it */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const maxPresses = 200;
  const count = await page.evaluate(() => {
    const main = document.querySelector('main');
    const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const stops = [...(main?.querySelectorAll<HTMLElement>(kinds) ?? [])].filter(
      (element) =>
        element.checkVisibility() &&
        element.tabIndex >= 0 &&
        !element.matches(':disabled, [aria-hidden=true], [aria-hidden=true] *, input[type=radio]:not(:checked)'),
    );
    for (const [at, element] of stops.entries()) element.setAttribute('data-stop', String(at));
    main?.setAttribute('tabindex', '-1');
    main?.focus();
    return stops.length;
  });
  const reached = new Set<string>();
  const faults: string[] = [];
  for (let presses = Math.min(maxPresses, 2 * count + 2); presses > 0 && reached.size < count; ) {
    // No fewer can do, and asking the page after each one takes longer than pressing.
    const atOnce = Math.min(presses, count - reached.size);
    presses -= atOnce;
    for (const { stop, isShown, html } of await pressTab(page, atOnce)) {
      reached.add(stop);
      if (!isShown) faults.push(`focus is not to be seen: ${html}`);
    }
  }
  const missed = await page.evaluate(
    (stops) =>
      [...document.querySelectorAll('[data-stop]')]
        .filter((element) => !stops.includes(element.getAttribute('data-stop') ?? ''))
        .map((element) => element.outerHTML.slice(0, 160)),
    [...reached],
  );
  return [...faults, ...missed.map((html) => `the keyboard does not reach it: ${html}`)];
}

interface Focused {
  /** The number that `keyboardFaults` gave it. */
  readonly stop: string;
  readonly isShown: boolean;
  readonly html: string;
}

/** @returns what had the focus after each press, as far as it is in the page's content: looked at before the next press, and at the end */
async function pressTab(page: Page, times: number): Promise<Focused[]> {
  const look = await page.evaluateHandle(() => {
    const focused: Focused[] = [];
    const note = () => {
      const element = document.activeElement;
      const stop = element?.getAttribute('data-stop');
      if (!element || stop == null) return;
      const isShown = [element, element.closest('label')].some((one) => {
        if (!one) return false;
        const { outlineStyle, boxShadow } = getComputedStyle(one);
        return outlineStyle !== 'none' || boxShadow !== 'none';
      });
      focused.push({ stop, isShown, html: element.outerHTML.slice(0, 160) });
    };
    let isFirst = true;
    const beforePress = () => {
      if (!isFirst) note();
      isFirst = false;
    };
    window.addEventListener('keydown', beforePress, true);
    return () => {
      window.removeEventListener('keydown', beforePress, true);
      note();
      return focused;
    };
  });
  for (let press = 0; press < times; press++) await page.keyboard.press('Tab');
  return look.evaluate((end) => end());
}
