import { isIP } from 'node:net';
import { z } from 'zod';

/** Whether the text is an IP address or a CIDR block (10.0.0.0/8, 2001:db8::/32). */
export function isAddressBlock(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address ?? '');
  if (family === 0 || rest.length > 0 || address?.includes('%')) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

export const addressBlockSchema = z
  .string()
  .refine(isAddressBlock, { error: 'expected an IP address or a CIDR block, such as 10.0.0.0/8' });
