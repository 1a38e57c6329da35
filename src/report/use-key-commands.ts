import { useEffect, useRef } from 'preact/hooks';

import { commandOf, type Command } from './keys';

/** Runs the commands of the keys that are pressed anywhere on the page, but for those that are typed. */
export function useKeyCommands(run: (command: Command) => void): void {
  // Keys may come faster than frames: each finds what the one before has changed.
  const runNow = useRef(run);
  runNow.current = run;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.matches('input, select, textarea, [contenteditable]');
      const command = commandOf({
        key: event.key,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        isTyping,
      });
      if (command === null) return;
      event.preventDefault();
      runNow.current(command);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}
