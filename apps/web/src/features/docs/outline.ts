import type { Node } from 'fumadocs-core/page-tree';

/** A page as lists name it. */
export interface PageLink {
  /** Without the language. */
  readonly href: string;
  readonly title: string;
}

/** Pages under one heading; those before the first heading have none. */
export interface OutlineGroup {
  readonly title: string | undefined;
  readonly pages: readonly PageLink[];
}

/** The page tree as it is listed beside every page: one level of groups. */
export function outlineOf(nodes: readonly Node[]): OutlineGroup[] {
  const loose = nodes.flatMap(linkOf);
  const groups = nodes.flatMap((node) => {
    if (node.type !== 'folder') return [];
    const pages = [...(node.index ? [node.index] : []), ...node.children].flatMap(linkOf);
    return [{ title: String(node.name), pages }];
  });
  return [{ title: undefined, pages: loose }, ...groups];
}

function linkOf(node: Node): PageLink[] {
  return node.type === 'page' ? [{ href: node.url, title: String(node.name) }] : [];
}

/** The pages before and after one, and the group it is in. */
export function placeOf(outline: readonly OutlineGroup[], href: string) {
  const pages = outline.flatMap((group) => group.pages);
  const at = pages.findIndex((page) => page.href === href);
  return {
    group: outline.find((group) => group.pages.some((page) => page.href === href))?.title,
    previous: at > 0 ? pages[at - 1] : undefined,
    next: at >= 0 ? pages[at + 1] : undefined,
  };
}
