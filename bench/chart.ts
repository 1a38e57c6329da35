/** Charts as SVG files that stand alone: on their own background, so readable in light and in dark. */

export interface Bar {
  label: string;
  value: number;
  /** First and third quartile, drawn as a line over the bar's end. */
  spread?: [number, number];
  /** Drawn in the colour of what the chart is about. */
  isOwn: boolean;
  /** What is written at the bar's end. */
  text: string;
}

export interface BarGroup {
  title: string;
  bars: Bar[];
}

const WIDTH_PX = 760;
const LABEL_WIDTH_PX = 300;
const TEXT_WIDTH_PX = 150;
const PADDING_PX = 24;
const BAR_PX = 22;
const BAR_STEP_PX = 30;
const TITLE_PX = 34;
const GROUP_GAP_PX = 14;

const BACKGROUND = '#ffffff';
const INK = '#1f2430';
const QUIET_INK = '#5b6270';
const OWN_BAR = '#0b66c3';
const OTHER_BAR = '#b4bac6';
const SPREAD_LINE = '#1f2430';

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function barMarkup(bar: Bar, y: number, scale: number): string {
  const left = PADDING_PX + LABEL_WIDTH_PX;
  const width = Math.max(1, bar.value * scale);
  const middle = y + BAR_PX / 2;
  const end = Math.max(width, (bar.spread?.[1] ?? 0) * scale);
  const baseline = round(middle + 4.5);
  const parts = [
    `<text x="${left - 10}" y="${baseline}" text-anchor="end" fill="${INK}"${bar.isOwn ? ' font-weight="600"' : ''}>${escaped(bar.label)}</text>`,
    `<rect x="${left}" y="${y}" width="${round(width)}" height="${BAR_PX}" rx="3" fill="${bar.isOwn ? OWN_BAR : OTHER_BAR}"/>`,
  ];
  if (bar.spread !== undefined) {
    const [from, to] = bar.spread.map((value) => round(left + value * scale));
    parts.push(`<path d="M${from} ${middle}H${to}" stroke="${SPREAD_LINE}" stroke-width="1.5"/>`);
  }
  parts.push(
    `<text x="${round(left + end + 8)}" y="${baseline}" fill="${QUIET_INK}">${escaped(bar.text)}</text>`,
  );
  return parts.join('\n');
}

/**
 * Groups of horizontal bars, each group on its own scale from 0, with a text alternative that says all.
 * @throws RangeError where a bar has no finite length
 */
export function barChart(title: string, groups: readonly BarGroup[], caption: string): string {
  const body: string[] = [];
  let y = PADDING_PX;
  const heading = (text: string, size: number, fill: string, weight: number): void => {
    body.push(
      `<text x="${PADDING_PX}" y="${y + size}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`,
    );
  };
  heading(title, 18, INK, 700);
  y += TITLE_PX;
  for (const group of groups) {
    heading(group.title, 14, INK, 600);
    y += TITLE_PX - 8;
    const ends = group.bars.map(({ value, spread }) => Math.max(value, spread?.[1] ?? 0));
    if (!ends.every((end) => Number.isFinite(end) && end >= 0)) {
      throw new RangeError(`A bar of "${group.title}" has no length.`);
    }
    const scale =
      (WIDTH_PX - 2 * PADDING_PX - LABEL_WIDTH_PX - TEXT_WIDTH_PX) / Math.max(...ends, 1e-9);
    for (const bar of group.bars) {
      body.push(barMarkup(bar, y, scale));
      y += BAR_STEP_PX;
    }
    y += GROUP_GAP_PX;
  }
  heading(caption, 12, QUIET_INK, 400);
  const height = y + 12 + PADDING_PX;
  const alternative = groups
    .map(
      (group) =>
        `${group.title}: ${group.bars.map(({ label, text }) => `${label} ${text}`).join(', ')}`,
    )
    .join('. ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${height}" viewBox="0 0 ${WIDTH_PX} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(alternative)}</desc>`,
    `<rect width="${WIDTH_PX}" height="${height}" rx="10" fill="${BACKGROUND}"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}
