import type { CSSProperties } from 'react';

/** The site's own colour in the place of the stylesheet's, on light and on dark paper; the rest follows from it. */
export function accentStyle(light: string, dark: string): CSSProperties {
  const colours: Record<`--${string}`, string> = {
    '--accent': `light-dark(${light}, ${dark})`,
    // Pressed and hovered: a step towards the ink, which only adds contrast.
    '--accent-strong': `light-dark(color-mix(in oklab, ${light} 84%, black), color-mix(in oklab, ${dark} 84%, white))`,
  };
  return colours;
}
