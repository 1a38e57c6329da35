/** Output 0 of the model is `background`; class index = output index - 1. */
const BACKGROUND_OUTPUTS = 1;

/**
 * What the model would give if it had never learned a class: it is out of the question.
 * @param logits 1,001 values a view
 */
export function withoutClass(logits: readonly Float32Array[], classIndex: number): Float32Array[] {
  return logits.map((view) => view.with(classIndex + BACKGROUND_OUTPUTS, Number.NEGATIVE_INFINITY));
}
