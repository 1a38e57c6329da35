/** From what the model saw to what is said of it. */
import { photoScore } from '../look/evidence';
import { isTooSmall } from '../look/first-look';
import { type Look, probabilitiesOf } from '../look/look';
import type { Raster } from '../look/raster';
import { calibrationOf } from './calibration';
import { verdicts, type Verdicts } from './denied';
import { isOnlyClothing } from './only-clothing';
import { type Choice, chooseHint, sayableNodes } from './hint';
import { keepsBack } from './keeps-back';
import { labelOf, type PlainLabel } from './labels';
import { CLASS_COUNT, type Guess, type Hint, type Saying, type Silence } from './prediction';
import { bitsOf, classCountOf, lineOf, nodeOf, synsetOf } from './taxonomy';
import { chanceOfTruth, loudnessOf, truthEvidenceOf } from './truth';
import type { OwnMatch } from '../teaching/own-match';
import { ENGLISH, type Voice, type Words } from './voice';

/** The lists change with the settings, pictures come by the hundred. */
let lastVerdicts: { lists: string; verdicts: Verdicts } | undefined;

function verdictsFor({ allow, deny }: Voice): Verdicts {
  const lists = JSON.stringify([allow, deny]);
  if (lastVerdicts?.lists !== lists) lastVerdicts = { lists, verdicts: verdicts({ allow, deny }) };
  return lastVerdicts.verdicts;
}

/**
 * What the first saying would build, to be done ahead of it: in steps of a few milliseconds, between
 * which other work has its turn.
 */
export function preparations(voice: Voice): (() => void)[] {
  const firstClass = 0;
  return [
    () => synsetOf(firstClass),
    () => lineOf(firstClass),
    () => classCountOf(firstClass),
    () => labelOf(firstClass),
    () => isOnlyClothing(firstClass, []),
    () => verdictsFor(voice),
    () => sayableNodes(new Float64Array(CLASS_COUNT), verdictsFor(voice)),
    () => truthEvidenceOf(new Float64Array(CLASS_COUNT), 0),
  ];
}

/** What a node is called: for programs, in the voice's language, in English. */
function namesOf(node: number, { name }: PlainLabel) {
  return { synset: synsetOf(node), label: name, english: labelOf(node)?.name ?? name };
}

function hintOf({ node, probability, bits }: Choice, label: PlainLabel, words: Words): Hint {
  const text = words.hintText(label);
  return { ...namesOf(node, label), text, probability, bits };
}

function guessOf({ node, probability }: Choice, label: PlainLabel, words: Words): Guess {
  return { ...namesOf(node, label), text: words.guessText(label), probability };
}

/** What an own label is called: as the person wrote it, or by the words of the node that they meant. */
function ownPlainLabel(
  { label: { name, synset } }: OwnMatch,
  { labelOf: wordOf }: Words,
): PlainLabel {
  const node = synset === null ? undefined : nodeOf(synset);
  const label = node === undefined ? undefined : wordOf(node);
  return label ?? { article: '', name, isKind: false };
}

/** @param isUnfit is the picture none that the model knows its way about? */
function mayBeSaid(
  { label, probability, isCopy }: OwnMatch,
  isUnfit: boolean,
  voice: Voice,
): boolean {
  const node = label.synset === null ? undefined : nodeOf(label.synset);
  if (node !== undefined && verdictsFor(voice).isNeverSaid(node)) return false;
  return isCopy || (!isUnfit && probability >= voice.minimumConfidence);
}

/** A name that a person gave tells as much as a class; of a picture that was taught it holds whatever it is. */
function ownHintOf(match: OwnMatch, words: Words): Hint {
  const label = ownPlainLabel(match, words);
  return {
    ...{ synset: match.label.id, label: label.name, text: words.hintText(label) },
    english: ownPlainLabel(match, ENGLISH).name,
    ...{ probability: match.probability, bits: bitsOf(0) },
  };
}

/**
 * What is said of a picture that the model looked at: the same for the same look, size and voice.
 * @param size of the picture as it travelled, px: of very small ones nothing is said
 */
export function say(
  look: Look,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  voice: Voice,
): Saying {
  const { dismissed, minimumConfidence, words, draftWords } = voice;
  const { truthModel, leastTruth, photoModel } = calibrationOf(look.variant, look.views);
  const judged = verdictsFor(voice);
  const predictions = look.likeliest.map(({ classIndex, probability }) => {
    const synset = synsetOf(classIndex);
    const label = words.labelOf(classIndex)?.name ?? synset;
    const isDenied = judged.isDenied(classIndex);
    return { classIndex, synset, label, probability, ...(isDenied ? { isDenied } : {}) };
  });
  const said = (changes: Partial<Saying>): Saying => ({
    ...{ predictions, hint: null, guess: null, silence: null, draft: null },
    ...{ lang: words.lang, draftLang: draftWords.lang, kept: null },
    ...changes,
  });
  const silent = (silence: Silence): Saying => said({ silence });
  const isDismissed = ({ synset }: Hint | Guess): boolean =>
    dismissed.some((each) => keepsBack(each, synset));

  const wordOf = ({ node, label }: Choice): PlainLabel => words.labelOf(node) ?? label;

  const isUnfit = isTooSmall(width, height)
    ? 'too-small'
    : photoScore(look.evidence, photoModel) <= 0
      ? 'not-a-photo'
      : null;
  const own = voice.own?.match(look) ?? null;
  if (own !== null && mayBeSaid(own, isUnfit !== null, voice)) {
    const hint = ownHintOf(own, words);
    if (isDismissed(hint)) return said({ silence: 'dismissed', kept: hint });
    return said({ hint, draft: draftWords.draftText(ownPlainLabel(own, draftWords)) });
  }
  if (isUnfit !== null) return silent(isUnfit);
  const probabilities = probabilitiesOf(look);
  const { candidates, guess, isDenied } = sayableNodes(probabilities, judged);
  const evidenceOf = truthEvidenceOf(probabilities, loudnessOf(look.embedding));
  const chosen = chooseHint(candidates, {
    truthOf: (choice) => chanceOfTruth(evidenceOf(choice), truthModel),
    ...{ leastTruth, leastMass: minimumConfidence },
  });
  if (chosen !== null) {
    const label = wordOf(chosen);
    if (isOnlyClothing(chosen.node, look.likeliest)) {
      const unsaid = guessOf(chosen, label, words);
      if (isDismissed(unsaid)) return said({ silence: 'dismissed', kept: unsaid });
      return said({ silence: 'only-clothing', guess: unsaid });
    }
    const hint = hintOf(chosen, label, words);
    if (isDismissed(hint)) return said({ silence: 'dismissed', kept: hint });
    const drafted = draftWords.labelOf(chosen.node) ?? chosen.label;
    return said({ hint, draft: draftWords.draftText(drafted) });
  }
  if (isDenied) return silent('denied');
  if (guess === null) return silent('unsure');
  const unsure = guessOf(guess, wordOf(guess), words);
  if (isDismissed(unsure)) return said({ silence: 'dismissed', kept: unsure });
  return said({ silence: 'unsure', guess: unsure });
}
