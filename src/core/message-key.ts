/** A name with hyphens, as keys of `_locales` are written: with underscores. */
export type Snake<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Snake<Tail>}`
  : Name;

/** `need_rule_too-long` as the key `need_rule_too_long`; typed, so that a text that is missing does not compile. */
export function snake<Name extends string>(name: Name): Snake<Name> {
  // The type says what `replaceAll` does; TypeScript's own says `string`.
  return name.replaceAll('-', '_') as Snake<Name>;
}
