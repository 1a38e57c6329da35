export interface FactValue {
  value: string;
  /** What only experts want to read: the driver's or the browser's own words. */
  detail: string | null;
}

export interface Fact {
  term: string;
  values: FactValue[];
}

export function fact(term: string, value: string, detail: string | null = null): Fact {
  return { term, values: [{ value, detail }] };
}
