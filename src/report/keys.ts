/** What a key does on the report page. */
export type Command = 'next' | 'previous' | 'accept' | 'edit' | 'reject' | 'dismiss' | 'undo';

const COMMANDS: Readonly<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  a: 'accept',
  e: 'edit',
  r: 'reject',
  w: 'dismiss',
  u: 'undo',
};

/** The keys as the page shows them, and the texts that say what they do. */
export const KEY_HELP = [
  { keys: ['j', '↓'], text: 'report_key_next' },
  { keys: ['k', '↑'], text: 'report_key_previous' },
  { keys: ['a'], text: 'report_key_accept' },
  { keys: ['e'], text: 'report_key_edit' },
  { keys: ['r'], text: 'report_key_reject' },
  { keys: ['w'], text: 'report_key_dismiss' },
  { keys: ['u'], text: 'report_key_undo' },
  { keys: ['Enter'], text: 'report_key_details' },
] as const;

/** Single letters are commands only where they are not typed, and without other keys: WCAG 2.1.4. */
export function commandOf({
  key,
  ctrlKey,
  altKey,
  metaKey,
  isTyping,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'> & {
  isTyping: boolean;
}): Command | null {
  if (isTyping || ctrlKey || altKey || metaKey) return null;
  return COMMANDS[key.toLowerCase()] ?? null;
}
