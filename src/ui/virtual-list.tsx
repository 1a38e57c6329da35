import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { indexAfter, rowPlaces } from './row-places';

/** Rows beyond the visible part that are there already when a person scrolls. */
const AHEAD = 4;

export interface VirtualListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  rowHeightRem: number;
  /** The list in a box of its own height, or the page around it, so that there is one thing to scroll. */
  scrolls?: 'itself' | 'page' | undefined;
  label: string;
  /** The row that the Tab key reaches; the arrow keys go among the rows. */
  activeKey: string | null;
  onActive: (key: string) => void;
  /** The row whose details are open. */
  openKey: string | null;
  /** One element with `data-row` takes the focus. */
  renderRow: (item: Item, tabIndex: 0 | -1) => ComponentChildren;
  /** What is under the open row, of any height. */
  renderDetails: (item: Item) => ComponentChildren;
}

function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const print = matchMedia('print');
    const change = () => {
      setPrinting(print.matches);
    };
    print.addEventListener('change', change);
    return () => {
      print.removeEventListener('change', change);
    };
  }, []);
  return isPrinting;
}

/** How high the open row's details are, CSS px; 0 where no row is open. */
function useDetailsHeight(openIndex: number) {
  const details = useRef<HTMLDivElement>(null);
  const [detailsPx, setDetailsPx] = useState(0);
  useLayoutEffect(() => {
    const { current } = details;
    if (current === null) {
      setDetailsPx(0);
      return;
    }
    const sizes = new ResizeObserver(() => {
      setDetailsPx(current.offsetHeight);
    });
    sizes.observe(current);
    return () => {
      sizes.disconnect();
    };
  }, [openIndex]);
  return { details, detailsPx };
}

/** What is seen of a list, CSS px from its beginning. */
interface Seen {
  top: number;
  height: number;
}

/** What scrolls a list: its own box, or the page that the box stands in at its whole height. */
function scrollerOf(box: HTMLElement, scrolls: 'itself' | 'page') {
  if (scrolls === 'itself') {
    return {
      seen: (): Seen => ({ top: box.scrollTop, height: box.clientHeight }),
      moveTo: (top: number) => {
        box.scrollTop = top;
      },
      scrolled: box,
      sized: box,
    };
  }
  const topPx = () => -box.getBoundingClientRect().top;
  return {
    seen: (): Seen => ({ top: topPx(), height: innerHeight }),
    moveTo: (top: number) => {
      scrollBy(0, top - topPx());
    },
    scrolled: document,
    // What stands above grows and shrinks.
    sized: document.body,
  };
}

/** A list of thousands of rows of which only those in view are in the page; printed, it is whole. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, keyOf, rowHeightRem, label, activeKey, onActive, openKey } = props;
  const { scrolls = 'itself' } = props;
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 0 });
  const [rowPx, setRowPx] = useState(rowHeightRem * 16);
  const focusNext = useRef(false);
  const isPrinting = usePrinting();

  const keys = useMemo(() => items.map(keyOf), [items, keyOf]);
  const openIndex = openKey === null ? -1 : keys.indexOf(openKey);
  const activeIndex = Math.max(0, activeKey === null ? 0 : keys.indexOf(activeKey));
  const { details, detailsPx } = useDetailsHeight(openIndex);
  const { topOf, indexAt } = rowPlaces(rowPx, openIndex, detailsPx);

  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    setRowPx(rowHeightRem * parseFloat(getComputedStyle(document.documentElement).fontSize));
    const { seen, scrolled, sized } = scrollerOf(current, scrolls);
    const look = () => {
      setScroll(seen());
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(sized);
    scrolled.addEventListener('scroll', look);
    return () => {
      sizes.disconnect();
      scrolled.removeEventListener('scroll', look);
    };
  }, [rowHeightRem, scrolls]);

  const activeRow = useRef({ top: 0, bottom: 0 });
  const activeTop = topOf(activeIndex);
  activeRow.current = { top: activeTop, bottom: activeTop + rowPx };
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null || activeKey === null) return;
    const { top, bottom } = activeRow.current;
    const { seen, moveTo } = scrollerOf(current, scrolls);
    const { top: from, height } = seen();
    if (top < from) moveTo(top);
    else if (bottom > from + height) moveTo(bottom - height);
    if (!focusNext.current) return;
    focusNext.current = false;
    current.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus({ preventScroll: true });
    // Only when another row became the active one: scrolling away from it is the person's right.
  }, [activeKey, scrolls]);

  const first = isPrinting ? 0 : Math.max(0, indexAt(scroll.top) - AHEAD);
  const last = isPrinting
    ? items.length - 1
    : Math.min(items.length - 1, indexAt(scroll.top + scroll.height) + AHEAD);
  const shown = new Set([activeIndex, ...(openIndex === -1 ? [] : [openIndex])]);
  for (let index = first; index <= last; index += 1) shown.add(index);
  const indexes = [...shown].filter((index) => index < items.length).sort((a, b) => a - b);

  return (
    <div
      class="virtual-list"
      ref={box}
      onKeyDown={(event) => {
        const { key, target, ctrlKey, altKey, metaKey } = event;
        if (!(target instanceof HTMLElement) || !target.matches('[data-row]')) return;
        if (ctrlKey || altKey || metaKey) return;
        const page = Math.max(1, Math.floor(scroll.height / rowPx) - 1);
        const next = indexAfter(key, activeIndex, page, items.length - 1);
        const nextKey = next === null ? undefined : keys[next];
        if (nextKey === undefined) return;
        event.preventDefault();
        focusNext.current = true;
        onActive(nextKey);
      }}
    >
      <ul
        class="virtual-rows"
        aria-label={label}
        style={{
          blockSize: `${topOf(items.length - 1) + rowPx + (openIndex === items.length - 1 ? detailsPx : 0)}px`,
        }}
      >
        {indexes.map((index) => {
          const item = items[index];
          const key = keys[index];
          if (item === undefined || key === undefined) return null;
          return (
            <li
              key={key}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${topOf(index)}px)` }}
              onFocusCapture={() => {
                if (key !== activeKey) onActive(key);
              }}
            >
              <div class="virtual-row" style={{ blockSize: `${rowPx}px` }}>
                {props.renderRow(item, index === activeIndex ? 0 : -1)}
              </div>
              {index === openIndex && <div ref={details}>{props.renderDetails(item)}</div>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
