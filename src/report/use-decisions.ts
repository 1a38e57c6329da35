import { useState } from 'preact/hooks';

import { imageKey, type ReportImage } from '../core/report/page-report';
import { altTextOf, decide, decisionOf, type Decision, type Triage } from '../core/report/triage';
import { text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';

export interface Decisions {
  /** The `imageKey` of the image whose text is written anew, or null. */
  editing: string | null;
  edit: (image: ReportImage) => void;
  /** Ends the writing with the text that was written, or null where that is given up. */
  endEditing: (image: ReportImage, edited: string | null) => void;
  /** Decides on an image, or takes a decision back (null); listeners are told. */
  settle: (image: ReportImage, decision: Decision | null, edited?: string) => void;
}

/** The person's decisions on the suggestions of a report. */
export function useDecisions(triage: Triage, onTriage: (triage: Triage) => void): Decisions {
  const [editing, setEditing] = useState<string | null>(null);
  const announce = useAnnounce();

  const settle = (image: ReportImage, decision: Decision | null, edited = '') => {
    const next = decide(triage, image, decision, edited);
    if (next === triage) return;
    onTriage(next);
    const settled = decisionOf(image, next);
    announce(settled === null ? text('report_undo') : text(`report_decision_${settled}`));
  };

  const edit = (image: ReportImage) => {
    setEditing(imageKey(image));
  };

  const endEditing = (image: ReportImage, edited: string | null) => {
    setEditing(null);
    if (edited !== null && edited.trim() !== altTextOf(image, triage)) {
      settle(image, 'edited', edited);
    }
  };

  return { editing, edit, endEditing, settle };
}
