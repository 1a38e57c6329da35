/**
 * Classes that are never said aloud: wrong, they hurt; right, a listener loses little. Data with
 * reasons, so that a person can see and change it.
 */
import { classesOf, nodeOf } from './taxonomy';

export const DENIED_REASONS = [
  'insult', // said of a person by mistake it is an insult; the apes and monkeys of the well-known failures
  'body', // speaks of someone's body, underwear or swimwear
  'health', // speaks of someone's health
  'belief', // speaks of someone's religion
  'weapon', // an alarm beside people, a drill, a microphone or a tripod
  'person', // a guess at what a person is
] as const;
export type DeniedReason = (typeof DENIED_REASONS)[number];

export interface Denied {
  /** This node and all below it. */
  synset: string;
  reason: DeniedReason;
  /** May an ancestor be said instead (`clothing` for a bikini)? Not where it would hurt as well. */
  ancestors: boolean;
}

const deny = (reason: DeniedReason, ancestors: boolean, synsets: string): Denied[] =>
  synsets.split(' ').map((synset) => ({ synset, reason, ancestors }));

export const DENIED: readonly Denied[] = [
  // apes; monkeys. `mammal` or `animal` of a face is no better.
  ...deny('insult', false, 'n02470325 n02484322'),
  // bra, bikini, both maillots, swimming trunks, diaper, wig
  ...deny('body', true, 'n02892767 n02837789 n03710637 n03710721 n04371430 n03188531 n04584207'),
  // baby bottle nipple: the word alone says something else
  ...deny('body', false, 'n03825788'),
  // neck brace, crutch, oxygen mask, stretcher, syringe
  ...deny('health', false, 'n03814639 n03141823 n03868863 n04336792 n04376876'),
  // abaya, church vestment: `robe` or `clothing` is enough
  ...deny('belief', true, 'n02667093 n04532106'),
  // guns (assault rifle, cannon, revolver, rifle), holster, missile, projectile, guillotine, cleaver
  ...deny('weapon', false, 'n03467984 n03527444 n03773504 n04008634 n03467068 n03041632'),
  // bridegroom: `person` is enough
  ...deny('person', true, 'n10148035'),
  // prison, ski mask: make a suspect of whoever is in the picture
  ...deny('insult', false, 'n04005630 n04229816'),
];

/** What a person set for themselves, as synsets; each speaks for the node and all below it. */
export interface OwnLists {
  allow?: readonly string[];
  deny?: readonly string[];
}

export interface Verdicts {
  /** May this class be said? */
  isDenied: (classIndex: number) => boolean;
  /** Where it may not: must its ancestors be silent as well? */
  silencesAncestors: (classIndex: number) => boolean;
  /** Is this very node kept back: a denied class, or an ancestor that the person denied by name? */
  isNeverSaid: (node: number) => boolean;
}

/** The built-in list with a person's own on top: their deny wins over their allow, their allow over ours. */
export function verdicts({ allow = [], deny: own = [] }: OwnLists = {}): Verdicts {
  const denied = new Map<number, { ancestors: boolean }>();
  const each = (synset: string, act: (classIndex: number) => void): void => {
    const node = nodeOf(synset);
    if (node !== undefined) classesOf(node).forEach(act);
  };
  for (const { synset, ancestors } of DENIED) {
    each(synset, (classIndex) => denied.set(classIndex, { ancestors }));
  }
  for (const synset of allow) each(synset, (classIndex) => denied.delete(classIndex));
  for (const synset of own) {
    each(synset, (classIndex) => {
      if (!denied.has(classIndex)) denied.set(classIndex, { ancestors: true });
    });
  }
  const ownNodes = new Set(own.map((synset) => nodeOf(synset)));
  return {
    isDenied: (classIndex) => denied.has(classIndex),
    silencesAncestors: (classIndex) => denied.get(classIndex)?.ancestors === false,
    isNeverSaid: (node) => denied.has(node) || ownNodes.has(node),
  };
}
