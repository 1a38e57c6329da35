import type { ComponentChildren } from 'preact';

import { ChevronIcon } from '../ui/drawings';

interface FoldProps {
  /** What stands on it. */
  title: ComponentChildren;
  /** Among the styles and for tests. */
  name: string;
  /** Holds until the person presses; a change of it holds again. */
  isOpen?: boolean;
  /** Takes the focus when what had it inside goes away. */
  titleId?: string;
  children: ComponentChildren;
}

/** What is wanted now and then: a line to press, the rest behind it. */
export function Fold({ title, name, isOpen = false, titleId, children }: FoldProps) {
  return (
    <details class={`fold ${name}`} open={isOpen}>
      <summary id={titleId}>
        <span>{title}</span>
        <ChevronIcon />
      </summary>
      {children}
    </details>
  );
}
