/** Puts what was chosen into the address of the open page, without a load and without a step back to it. */
export function replaceQuery(query: URLSearchParams): void {
  const text = query.toString();
  const { pathname, hash } = window.location;
  window.history.replaceState(null, '', `${pathname}${text ? `?${text}` : ''}${hash}`);
}
