import { expect, test } from 'vitest';

import type { PageState } from '../../../src/messages/protocol';
import { pageView, siteChoice } from '../../../src/popup/page-text';
import { english } from '../../fixtures/popup/english';

const STATE: PageState = {
  labelling: 'off',
  documentId: 'D1',
  origin: 'https://example.org',
  siteRule: 'default',
  labelAllSites: false,
  pausedUntil: null,
  progress: { found: 0, pending: 0, labelled: 0, skipped: 0, failed: 0, far: 0, wanted: 0 },
};

const view = (changes: Partial<PageState>, address = 'https://example.org/') =>
  pageView({ ...STATE, ...changes }, address, english, 'en');

const ON = { labelling: 'on' } as const;

test('a page that is not labelled can be', () => {
  expect(view({})).toMatchObject({ headline: english('popup_page_off'), action: 'label' });
});

test('a rule without access says so', () => {
  const { explanation } = view({ siteRule: 'always' });
  expect(explanation).toBe(english('popup_page_no_access'));
  expect(view({ labelAllSites: true }).explanation).toBe(explanation);
});

test('progress counts what is done of what is near', () => {
  const progress = {
    found: 90,
    pending: 18,
    labelled: 30,
    skipped: 5,
    failed: 4,
    far: 0,
    wanted: 0,
  };
  expect(view({ ...ON, progress })).toMatchObject({
    headline: 'Labelling 34 of 52',
    action: 'stop',
    progress: { done: 34, of: 52 },
  });
  // Where a rule wants the labels, stopping would not last.
  expect(view({ ...ON, progress, siteRule: 'always' }).action).toBe('pause');
  expect(view({ ...ON, progress, labelAllSites: true }).action).toBe('pause');
});

test('a finished page has its labels to take away', () => {
  const progress = {
    found: 60,
    pending: 0,
    labelled: 52,
    skipped: 5,
    failed: 3,
    far: 0,
    wanted: 0,
  };
  expect(view({ ...ON, progress })).toMatchObject({
    headline: 'Images labelled: 52',
    action: 'remove',
    progress: null,
  });
});

test('what is out of view is offered, with the number of all images; begun, it can be stopped', () => {
  const still = { found: 60, pending: 0, labelled: 12, skipped: 5, failed: 3, far: 40, wanted: 0 };
  expect(view({ ...ON, progress: still })).toMatchObject({ action: 'remove', all: 55 });
  expect(view({ ...ON, progress: { ...still, far: 0 } }).all).toBeNull();
  const wanted = { ...still, pending: 40, far: 0, wanted: 40 };
  for (const siteRule of ['default', 'always'] as const) {
    expect(view({ ...ON, siteRule, progress: wanted })).toMatchObject({
      headline: 'Labelling 15 of 55',
      action: 'look-stop',
      progress: { done: 15, of: 55 },
      all: null,
    });
  }
});

test('a pause says until when', () => {
  const until = new Date(2026, 10, 23, 15, 40).getTime();
  const timed = view({ labelling: 'paused', pausedUntil: until });
  expect(timed.headline).toMatch(/paused until 3:40\sPM$/);
  expect(timed.action).toBe('resume');
  expect(view({ labelling: 'paused', pausedUntil: 'restart' }).headline).toBe(
    english('popup_page_paused_restart'),
  );
});

test('where nothing can be done, the reason is told', () => {
  const closed = view({ labelling: 'not-available', origin: null }, 'chrome://settings');
  expect(closed).toMatchObject({ action: null, explanation: english('popup_page_closed') });
  const file = view({ labelling: 'not-available', origin: null }, 'file:///tmp/a.html');
  expect(file.explanation).toBe(english('popup_page_file'));
});

test("a site's own rule goes before the one for all", () => {
  expect(siteChoice(STATE)).toBe('once');
  expect(siteChoice({ ...STATE, labelAllSites: true })).toBe('everywhere');
  expect(siteChoice({ ...STATE, labelAllSites: true, siteRule: 'never' })).toBe('never');
  expect(siteChoice({ ...STATE, siteRule: 'always' })).toBe('always');
});
