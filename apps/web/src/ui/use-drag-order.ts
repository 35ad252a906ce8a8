'use client';

import { type PointerEvent, type RefObject, useState } from 'react';

export interface DragOrder {
  /** Which row is being dragged; none most of the time. */
  readonly dragged: number | undefined;
  /** What the handle of a row needs. It wants `touch-none` as well, so that a finger drags and does not scroll. */
  handleOf(index: number): { readonly onPointerDown: (event: PointerEvent) => void };
  /** What the list needs. It follows the pointer rather than the handle, as a row that moves loses hold of it. */
  readonly list: {
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/**
 * Puts the rows of a list in another order by mouse, pen or finger. The keyboard needs buttons beside it.
 * @param list the element whose children the rows are
 * @param onMove called while dragging, for each row that is passed
 */
export function useDragOrder(
  list: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
): DragOrder {
  const [dragged, setDragged] = useState<number>();
  const end = () => setDragged(undefined);
  return {
    dragged,
    handleOf: (index) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        list.current?.setPointerCapture(event.pointerId);
        setDragged(index);
      },
    }),
    list: {
      onPointerMove: ({ clientY }) => {
        const to = rowAt(list.current, clientY);
        if (dragged === undefined || to === undefined || to === dragged) return;
        onMove(dragged, to);
        setDragged(to);
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}

function rowAt(list: HTMLElement | null, clientY: number): number | undefined {
  const at = [...(list?.children ?? [])].findIndex((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return clientY >= top && clientY < bottom;
  });
  return at === -1 ? undefined : at;
}
