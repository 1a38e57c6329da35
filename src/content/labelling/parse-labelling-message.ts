import type { ActiveState } from './session';

const LISTENER_MODES: readonly unknown[] = [
  'off',
  'missing',
  'missing-and-weak',
] satisfies readonly ActiveState['listenerMode'][];

type LabellingMessage =
  | { type: 'startLabelling'; state: ActiveState }
  | { type: 'showImage'; id: string }
  | { type: 'getThumbnails'; ids: string[] }
  | { type: 'stopLabelling' | 'toggleLabels' | 'getFrameReport' };

const DISPLAY_MODES: readonly unknown[] = [
  'chips',
  'hover',
  'none',
] satisfies readonly ActiveState['displayMode'][];

function isActiveState(state: unknown): state is ActiveState {
  if (typeof state !== 'object' || state === null) return false;
  const { active, displayMode, listenerMode, minimumSizePx } = state as Record<string, unknown>;
  return (
    active === true &&
    DISPLAY_MODES.includes(displayMode) &&
    LISTENER_MODES.includes(listenerMode) &&
    typeof minimumSizePx === 'number'
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** A message about labelling with every field checked, or null for anything else. */
export function parseLabellingMessage(message: unknown): LabellingMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, state, id, ids } = message as Record<string, unknown>;
  switch (type) {
    case 'startLabelling':
      return isActiveState(state) ? { type, state } : null;
    case 'showImage':
      return typeof id === 'string' ? { type, id } : null;
    case 'getThumbnails':
      return isStrings(ids) ? { type, ids } : null;
    case 'stopLabelling':
    case 'toggleLabels':
    case 'getFrameReport':
      return { type };
    default:
      return null;
  }
}
