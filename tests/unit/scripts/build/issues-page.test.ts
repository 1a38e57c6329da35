import { expect, test } from 'vitest';

import { issuesPage } from '../../../../scripts/build/issues-page';

test.each([
  [{}, null],
  [{ homepage: 'https://example.org' }, 'https://example.org'],
  [
    { bugs: 'https://example.org/issues', homepage: 'https://example.org' },
    'https://example.org/issues',
  ],
  [{ bugs: { url: 'https://example.org/issues' } }, 'https://example.org/issues'],
  [{ bugs: {}, homepage: 'https://example.org' }, 'https://example.org'],
  [{ bugs: 'javascript:alert(1)' }, null],
])('%j: %s', (project, page) => {
  expect(issuesPage(project)).toBe(page);
});
