import type { ComponentChildren } from 'preact';

import type { Fact } from './fact';

/** Terms and their values, two columns; what only experts want is in the values' titles. */
export function Facts({ facts, children }: { facts: Fact[]; children?: ComponentChildren }) {
  return (
    <dl class="facts">
      {facts.map(({ term, values }) => (
        <div key={term}>
          <dt>{term}</dt>
          {values.map(({ value, detail }) => (
            <dd key={value} title={detail ?? undefined}>
              {value}
            </dd>
          ))}
        </div>
      ))}
      {children}
    </dl>
  );
}
