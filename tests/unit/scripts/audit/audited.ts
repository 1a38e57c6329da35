/** Pages and images as an audit has them, with what a test is about. */
import type { AuditedImage, PageAudit } from '../../../../scripts/audit/page-audit';

type NotLabelledImage = Extract<AuditedImage, { state: 'skipped' }>;

export function image(changes: Partial<NotLabelledImage> = {}): AuditedImage {
  return {
    ...{ id: '1', address: 'https://example.org/a.jpg', selector: 'img', width: 300, height: 200 },
    ...{
      need: 'missing',
      rule: 'no-alt',
      name: '',
      purpose: null,
      applied: null,
      frameId: 0,
      mismatch: null,
    },
    ...{ state: 'skipped', reason: 'decorative', rung: null, prediction: null, hint: null },
    ...{ silence: null, draft: null, thumbnail: null },
    ...changes,
  };
}

export function page(url: string, ...images: AuditedImage[]): PageAudit {
  return {
    ...{ url, finalUrl: url, title: '', milliseconds: 1500, status: 'audited' },
    ...{ images, notes: [], links: [] },
  };
}

export const FAILED: PageAudit = {
  ...{ url: 'https://example.org/gone', milliseconds: 10, status: 'failed' },
  error: { code: 'http-status', message: 'The server answers with an error. (404)' },
};
