/**
 * The public model that an upstream's id most likely is: upstreams put a vendor in front (`anthropic/`), write dots for
 * dashes, or a date behind. Undefined where none is close enough to be offered.
 */
export function suggestPublicId(upstreamId: string, publicIds: readonly string[]): string | undefined {
  if (publicIds.includes(upstreamId)) return upstreamId;
  const wanted = plain(upstreamId);
  const exact = publicIds.find((id) => plain(id) === wanted);
  if (exact !== undefined) return exact;
  const undated = withoutDate(wanted);
  return publicIds.find((id) => withoutDate(plain(id)) === undated);
}

function plain(id: string): string {
  const name = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
  return name.replaceAll('.', '-').replace(/:latest$/, '');
}

function withoutDate(id: string): string {
  return id.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '');
}
