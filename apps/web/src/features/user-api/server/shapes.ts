import { z } from 'zod';

/** Amounts are decimal strings: billionths of a US dollar of list price; no number of JavaScript holds them all. */
export const nanoUsd = z
  .string()
  .regex(/^-?\d+$/)
  .meta({ id: 'NanoUsd', example: '9900000000' });
/** One is a millionth of a US dollar of list price. */
export const planTokens = z
  .string()
  .regex(/^-?\d+(\.\d{1,3})?$/)
  .meta({ id: 'PlanTokens', example: '9900000' });
export const count = z.int().min(0);
export const time = z.iso.datetime();
export const id = z.string().min(1).max(64);

/** Money that is or was paid, with its currency. */
export const money = z
  .object({
    amount: z.string().regex(/^-?\d+(\.\d+)?$/),
    currency: z.string().regex(/^[a-z]{3}$/),
  })
  .meta({ id: 'Money', example: { amount: '9.90', currency: 'usd' } });

/** Money as it is typed, exact: 10, "9.90". */
export const typedAmount = z.union([z.number().positive(), z.string().regex(/^\d{1,9}(\.\d{1,3})?$/)]);

export const balance = z
  .object({
    ...{ postedNanoUsd: nanoUsd, heldNanoUsd: nanoUsd, availableNanoUsd: nanoUsd, availableTokens: planTokens },
    frozen: z.boolean(),
  })
  .meta({ id: 'Balance' });

export const errorAnswer = z
  .object({
    error: z.object({
      ...{ message: z.string(), type: z.string(), code: z.string() },
      ...{ field: z.string().optional(), requestId: z.string() },
    }),
  })
  .meta({ id: 'Error' });

/** How far behind its beginning a list may be entered by counting; a cursor goes on for ever. */
const maxOffset = 10_000;
const maxCursorLength = 200;
const maxPageSize = 200;
const pageSize = 100;

const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

export const cursor = z.string().min(1).max(maxCursorLength).optional();
export const nextCursor = z.string().nullable();

/** A page of a long list, by a cursor or by counting. */
export const pageQuery = {
  limit: wholeNumber(1, maxPageSize).default(pageSize),
  offset: wholeNumber(0, maxOffset).optional(),
  cursor,
};

const maxOrders = 50;
export const orderPageQuery = { limit: wholeNumber(1, maxOrders).default(maxOrders), cursor };
