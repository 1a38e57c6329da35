/** Where rows are, CSS px from the list's beginning. */
export function rowPlaces(rowPx: number, openIndex: number, detailsPx: number) {
  const detailsTop = (openIndex + 1) * rowPx;
  const isOpen = openIndex !== -1;
  return {
    topOf: (index: number): number => index * rowPx + (isOpen && index > openIndex ? detailsPx : 0),
    /** The row that covers this height; the open row covers its details, too. */
    indexAt: (y: number): number => {
      if (!isOpen || y < detailsTop) return Math.floor(y / rowPx);
      return y < detailsTop + detailsPx ? openIndex : Math.floor((y - detailsPx) / rowPx);
    },
  };
}

/** The row to go to on a key, or null where the key is none of the list's. */
export function indexAfter(key: string, index: number, page: number, last: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  return next === undefined ? null : Math.min(Math.max(next, 0), last);
}
