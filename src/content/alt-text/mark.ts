/** Tells machines that a text is ours: synset and probability, like `n02123045 0.93`. */
export const MARK = 'data-alt-lens';
