import { type AuditResult, countKinds, imageCount } from '../audit-result';

/** Everything but the pictures and each page's images, as JSON; `--baseline` reads the same file. */
export function auditJson({ takenAt, version, pages, findings, isCut }: AuditResult): string {
  const document = {
    format: 'alt-lens-audit-1',
    ...{ takenAt, version, isCut, images: imageCount(pages), counts: countKinds(findings) },
    pages: pages.map((page) => {
      const { url, milliseconds, status } = page;
      if (page.status === 'failed') return { url, milliseconds, status, error: page.error };
      const { finalUrl, title, notes, images } = page;
      return { url, milliseconds, status, finalUrl, title, notes, images: images.length };
    }),
    findings: findings.map((finding) => ({ ...finding, thumbnail: undefined })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
