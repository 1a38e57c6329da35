import { expect, test } from 'vitest';

import { privacyPage } from '../../../../scripts/store/privacy-page';

/** The page's content alone. */
const contentOf = (markdown: string): string =>
  /<main>\n([\s\S]*)<\/main>/.exec(privacyPage(markdown))?.[1] ?? '';

test('headings, paragraphs over lines, emphasis and code; everything else is text', () => {
  expect(contentOf('# Privacy\n\nOne `a <b>` and\n_two_ & **three**.\n\n## More\n')).toBe(
    '<h1>Alt Lens: privacy</h1>\n<p>One <code>a &lt;b&gt;</code> and <em>two</em> &amp; <strong>three</strong>.</p>\n<h2>More</h2>\n',
  );
});

test('lists in lists, and a paragraph in an item after them', () => {
  const markdown = '- one\n  goes on\n  - in one\n  - in one too\n\n  still one\n- two\n\nafter\n';
  expect(contentOf(markdown).replaceAll('\n', '')).toBe(
    '<ul><li>one goes on<ul><li>in one</li><li>in one too</li></ul><p>still one</p></li><li>two</li></ul><p>after</p>',
  );
});

test.each(['### third', '> quote', '| a | b |', '1. one', 'a [link](https://example.org)', '```'])(
  'what it does not know is an error, not shown wrong: %s',
  (markdown) => {
    expect(() => privacyPage(markdown)).toThrow(/No form is known/);
  },
);

test('nothing is loaded, and both colour schemes are there', () => {
  const page = privacyPage('# Privacy\n');
  expect(page).toContain('color-scheme: light dark');
  expect(page).not.toMatch(/<script|<link|<img|url\(|https?:/);
  expect(page).toMatch(/<html lang="en">/);
});
