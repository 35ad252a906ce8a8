import { missing } from './failure.ts';
import { type Form, integer, list, record, text } from './form.ts';
import type { Store, StripeObject } from './store.ts';

const defaultPage = 10;
const maxPage = 100;
const filters = ['payment_intent', 'charge', 'status', 'type'] as const;

/** A page of objects of one kind, the newest first, as `starting_after`, `limit`, `created` and the filters say. */
export function listObjects(store: Store, object: string, url: string, form: Form): Record<string, unknown> {
  let found = store.all(object).filter((one) => matches(one, form));
  const after = text(form, 'starting_after');
  if (after) {
    const place = found.findIndex(({ id }) => id === after);
    if (place < 0) throw missing(after);
    found = found.slice(place + 1);
  }
  const limit = Math.min(integer(form, 'limit') ?? defaultPage, maxPage);
  return { object: 'list', url, has_more: found.length > limit, data: found.slice(0, limit) };
}

function matches(object: StripeObject, form: Form): boolean {
  const types = list(form, 'types');
  if (types.length > 0 && !types.includes(String(object.type))) return false;
  const created = record(form, 'created');
  if (object.created < (integer(created, 'gte') ?? Number.NEGATIVE_INFINITY)) return false;
  if (object.created > (integer(created, 'lte') ?? Number.POSITIVE_INFINITY)) return false;
  return filters.every((name) => text(form, name) === undefined || object[name] === text(form, name));
}

/** The object as it is sent: what `expand` names comes whole, all else as ids. */
export function expanded(store: Store, object: StripeObject, paths: readonly string[]): StripeObject {
  const copy = structuredClone(object);
  delete copy.payment_intent_data;
  for (const path of paths) {
    const [name, ...rest] = path.split('.') as [string, ...string[]];
    const id = copy[name];
    const child = typeof id === 'string' ? store.objects.get(id) : undefined;
    if (child) copy[name] = expanded(store, child, rest.length > 0 ? [rest.join('.')] : []);
  }
  return copy;
}
