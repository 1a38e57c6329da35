/**
 * What a language's list of words holds by which texts are known that fit any picture. White space
 * parts single words, `|` phrases; upper case, accents and punctuation do not count (see `folded`).
 */
export interface WeakWords {
  /** Words for a picture: alone they say nothing, and before `of` they open a text. Of Latin scripts, parts of compounds too. */
  nouns: string;
  /** Other words that say nothing alone. */
  bare: string;
  /** What may stand beside such words, and says no more. */
  filler: string;
  /** What is said of a picture that is not there: beside a noun for one it leaves room for a word unknown. */
  absent: string;
  /** Two of these are no more than a call to click, or that something is to come. */
  acts: string;
  /** What follows a noun that opens a text: "image OF". */
  of: string;
  /** Does the verb of `of` stand last: "picture … SHOWS"? */
  isVerbLast?: true;
  /** Whole openings, for languages in which a noun needs no word after it. */
  starts: string;
  /** The same for languages that put the noun last: "of a dog IMAGE". */
  ends: string;
  /** Kinds of picture that say something (satellite, X-ray, screen), and what a control shows next, where `starts` or `ends` would take them for any. */
  kinds?: string;
  /** What programs call a new thing or a part of a drawing, phrases: with a number behind it nobody typed it. */
  numbered: string;
  /** What only programs write, wherever in a text. */
  machine: string;
}
