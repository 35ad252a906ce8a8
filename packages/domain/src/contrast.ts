/** What text of normal size needs against what it stands on (WCAG 2.2, level AA). */
export const readableContrast = 4.5;

/** The paper of the light and of the dark look, as the stylesheet has them. */
export const papers = { light: '#faf7f2', dark: '#161412' } as const;

const hexColour = /^#[0-9a-f]{6}$/i;

/**
 * The contrast ratio of two colours written as #rrggbb, 1 to 21, rounded down to two digits so that what passes by it passes.
 * Undefined where one of them is no such colour.
 */
export function contrastRatio(one: string, other: string): number | undefined {
  if (!hexColour.test(one) || !hexColour.test(other)) return undefined;
  const [a, b] = [luminance(one), luminance(other)];
  return Math.floor(((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)) * 100) / 100;
}

function luminance(hex: string): number {
  const linear = (from: number) => {
    const share = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}
