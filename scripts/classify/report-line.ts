import type { Outcome } from '../../src/messages/protocol';

/** What `npm run classify` says of one picture: its outside contract. */
export function reportLine(source: string, outcome: Outcome): Record<string, unknown> {
  if (!outcome.result.ok) return { source, error: outcome.result.error };
  const { backend, rung, predictions, hint, silence } = outcome.result.prediction;
  return {
    source,
    backend,
    milliseconds: Math.round(outcome.milliseconds * 10) / 10,
    rung,
    predictions: predictions.map(({ classIndex, synset, label, probability }) => ({
      classIndex,
      synset,
      label,
      probability,
    })),
    hint:
      hint === null
        ? null
        : {
            synset: hint.synset,
            label: hint.label,
            text: hint.text,
            probability: hint.probability,
            bits: hint.bits,
          },
    silence,
  };
}
