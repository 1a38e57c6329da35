import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';

import type { AuditResult } from '../audit-result';
import { PAGE_TEXT_PLACES, ruleFacts, techniqueAddress } from '../rules';
import type { Finding } from '../findings';
import { notesOf } from '../page-audit';
import { share } from './words';

const LEVELS = {
  missing: 'error',
  weak: 'warning',
  mismatch: 'warning',
  question: 'note',
} as const;

/**
 * Code scanning takes paths under the repository and no other scheme: an address is written as such a
 * path (`example.org/shop`); in full it stands in the properties.
 */
function pathOf(page: string): string {
  // A local file is named by its path already.
  const path = page.replace(/^https?:\/\//i, '').replaceAll('\\', '/');
  return path.replace(/^\/+/, '').split('/').map(encodePart).join('/');
}

/** A colon in the first part would be a scheme. */
function encodePart(part: string): string {
  return part.replaceAll(':', '%3A');
}

function descriptorOf(rule: Finding['rule'], kind: Finding['kind']): ReportingDescriptor {
  const { text, criteria, techniques } = ruleFacts(rule);
  return {
    id: rule,
    shortDescription: { text },
    fullDescription: {
      text: `${text} WCAG 2.2: ${criteria.join(', ')}; techniques: ${techniques.join(', ')}.`,
    },
    helpUri: techniqueAddress(techniques[0] ?? '') ?? 'https://www.w3.org/WAI/WCAG22/Techniques/',
    defaultConfiguration: { level: LEVELS[kind] },
    properties: { tags: ['accessibility', ...criteria.map((each) => `wcag-${each}`)] },
  };
}

function resultsOf(finding: Finding, ruleIndex: number): Result[] {
  const { rule, kind, text, current, suggestion, pageSuggestion } = finding;
  const { address, places, fingerprint, notSeen } = finding;
  const [first, ...others] = places;
  if (first === undefined) return [];
  const parts = [
    text,
    ...(first.leadsTo === null ? [] : [`It leads to ${first.leadsTo}.`]),
    ...(current === '' ? [] : [`Text now: “${current}”.`]),
    ...(suggestion === null
      ? []
      : [`The picture may be: ${suggestion.text} (${share(suggestion.probability)}).`]),
    ...(notSeen === null ? [] : [`It was not looked at: ${notSeen.text}`]),
    ...(pageSuggestion === null
      ? []
      : [`The page, in ${PAGE_TEXT_PLACES[pageSuggestion.from]}: ${pageSuggestion.text}.`]),
  ];
  const locationOf = ({ page, selector }: typeof first) => ({
    physicalLocation: {
      artifactLocation: { uri: pathOf(page) },
      region: { startLine: 1, snippet: { text: selector } },
    },
    logicalLocations: [{ fullyQualifiedName: `${page} ${selector}`, kind: 'element' }],
  });
  return [
    {
      ruleId: rule,
      ruleIndex,
      level: LEVELS[kind],
      message: { text: `${parts.join(' ')} ${first.page} ${first.selector}` },
      locations: [locationOf(first)],
      ...(others.length > 0 ? { relatedLocations: others.map(locationOf) } : {}),
      partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1` },
      properties: { address, pages: places.map(({ page }) => page) },
    },
  ];
}

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function auditSarif({ version, findings, pages, isCut }: AuditResult): string {
  const kinds = new Map(findings.map(({ rule, kind }) => [rule, kind]));
  const rules = [...kinds.keys()];
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Alt Lens',
            version,
            rules: [...kinds].map(([rule, kind]) => descriptorOf(rule, kind)),
          },
        },
        invocations: [
          {
            executionSuccessful: !isCut && pages.every(({ status }) => status === 'audited'),
            toolExecutionNotifications: pages.flatMap((page): Notification[] =>
              page.status === 'audited'
                ? notesOf([page]).map(({ url, note, text }) => ({
                    level: 'warning' as const,
                    descriptor: { id: note },
                    message: { text: `${url}: ${text}` },
                  }))
                : [
                    {
                      level: 'error' as const,
                      descriptor: { id: page.error.code },
                      message: { text: `${page.url}: ${page.error.message}` },
                    },
                  ],
            ),
          },
        ],
        results: findings.flatMap((finding) => resultsOf(finding, rules.indexOf(finding.rule))),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
