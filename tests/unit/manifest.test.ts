import { expect, test } from 'vitest';

import manifest from '../../manifest.json' with { type: 'json' };

const POLICY = new Map(
  manifest.content_security_policy.extension_pages.split(';').map((directive) => {
    const [name = '', ...values] = directive.trim().split(' ');
    return [name, values.join(' ')];
  }),
);

test.each([
  ['script-src', "'self' 'wasm-unsafe-eval'"],
  ['style-src', "'self'"],
  ['object-src', "'none'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['frame-ancestors', "'none'"],
  ['require-trusted-types-for', "'script'"],
  ['trusted-types', 'default'],
])("the pages' policy: %s %s", (name, values) => {
  expect(POLICY.get(name)).toBe(values);
});
