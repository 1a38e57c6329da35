import type { InactiveState } from '../../messages/protocol';
import type { ActiveState } from './session';

const LISTENER_MODES: readonly unknown[] = [
  'off',
  'missing',
  'missing-and-weak',
] satisfies readonly ActiveState['listenerMode'][];

export type LabellingMessage =
  | { type: 'startLabelling'; state: ActiveState }
  | { type: 'stopLabelling'; state: InactiveState }
  | { type: 'showImage'; id: string }
  | { type: 'setAltText'; id: string; text: string | null }
  | { type: 'getThumbnails'; ids: string[] }
  | { type: 'followVoice'; pictures: string[] | null }
  | { type: 'toggleLabels' | 'getFrameReport' };

const DISPLAY_MODES: readonly unknown[] = [
  'chips',
  'hover',
  'none',
] satisfies readonly ActiveState['displayMode'][];

function isActiveState(state: unknown): state is ActiveState {
  if (typeof state !== 'object' || state === null) return false;
  const fields = state as Record<string, unknown>;
  const { active, displayMode, listenerMode, minimumSizePx, shownPredictions } = fields;
  return (
    active === true &&
    DISPLAY_MODES.includes(displayMode) &&
    LISTENER_MODES.includes(listenerMode) &&
    typeof minimumSizePx === 'number' &&
    typeof shownPredictions === 'number'
  );
}

function isInactiveState(state: unknown): state is InactiveState {
  if (typeof state !== 'object' || state === null) return false;
  const { active, reason, resumeAt } = state as Record<string, unknown>;
  return (
    active === false &&
    typeof reason === 'string' &&
    (resumeAt === null || typeof resumeAt === 'number')
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** A message about labelling with every field checked, or null for anything else. */
export function parseLabellingMessage(message: unknown): LabellingMessage | null {
  if (typeof message !== 'object' || message === null) return null;
  const fields = message as Record<string, unknown>;
  const { type, state, id, ids, text, pictures } = fields;
  switch (type) {
    case 'startLabelling':
      return isActiveState(state) ? { type, state } : null;
    case 'showImage':
      return typeof id === 'string' ? { type, id } : null;
    case 'setAltText':
      return typeof id === 'string' && (text === null || typeof text === 'string')
        ? { type, id, text }
        : null;
    case 'getThumbnails':
      return isStrings(ids) ? { type, ids } : null;
    case 'followVoice':
      return pictures === null || isStrings(pictures) ? { type, pictures } : null;
    case 'stopLabelling':
      return isInactiveState(state) ? { type, state } : null;
    case 'toggleLabels':
    case 'getFrameReport':
      return { type };
    default:
      return null;
  }
}
