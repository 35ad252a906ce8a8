/** Puts what was chosen into the address of the open page, without a load; the back button undoes it. */
export function pushQuery(query: URLSearchParams): void {
  const text = query.toString();
  const { pathname, search } = window.location;
  const next = text ? `?${text}` : '';
  if (next !== search) window.history.pushState(null, '', `${pathname}${next}`);
}
