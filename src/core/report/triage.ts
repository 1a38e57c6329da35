/** What a person decided about the alt texts that a report suggests. */
import { imageKey, type ReportImage } from './page-report';

export type Decision = 'accepted' | 'edited' | 'rejected';

/** By `imageKey`. `text` is the alt text that the decision leaves; empty where it was rejected. */
export type Triage = Readonly<Record<string, { decision: Decision; text: string }>>;

export function decisionOf(image: ReportImage, triage: Triage): Decision | null {
  return triage[imageKey(image)]?.decision ?? null;
}

/** The alt text to take away: what the person left of the draft, else the draft; empty where there is none. */
export function altTextOf(image: ReportImage, triage: Triage): string {
  return triage[imageKey(image)]?.text ?? image.draft ?? '';
}

/**
 * The triage with one more decision. Accepting without a draft, or editing to nothing, decides nothing:
 * an empty alternative is the author's word for decoration, not Alt Lens's.
 */
export function decide(
  triage: Triage,
  image: ReportImage,
  decision: Decision | null,
  edited = '',
): Triage {
  const key = imageKey(image);
  const others = Object.fromEntries(Object.entries(triage).filter(([other]) => other !== key));
  const text = { accepted: image.draft ?? '', edited: edited.trim(), rejected: '' };
  if (decision === null || (decision !== 'rejected' && text[decision] === '')) return others;
  return { ...others, [key]: { decision, text: text[decision] } };
}
