import { points, svg, type Draw } from './drawing';

const document_: Draw = (r) => ({
  width: r.whole(420, 800),
  height: r.whole(500, 1000),
  html: `<body style="margin:0;background:${r.pick(['#fff', '#fffef8', '#f7f3e8'])};color:#222;padding:${r.whole(20, 60)}px;font:${r.whole(9, 16)}px/${r.between(1.2, 1.8).toFixed(2)} ${r.pick(['serif', 'sans-serif', 'monospace'])};columns:${r.whole(1, 2)};text-align:justify"><h2>${r.words(5)}</h2>${r.join(9, () => `<p>${r.words(r.whole(20, 80))}.</p>`)}</body>`,
});

const invoice: Draw = (r) => ({
  width: r.whole(420, 700),
  height: r.whole(520, 900),
  html: `<body style="margin:30px;background:#fff;font:13px ${r.pick(['sans-serif', 'serif', 'monospace'])}"><h1 style="color:${r.colour()}">${r.words(2)}</h1><p>${r.words(6)}<br>${r.words(4)}</p><hr>${r.join(r.whole(4, 14), () => `<p>${r.words(3)} <span style="float:right">${r.between(1, 900).toFixed(2)}</span></p>`)}<hr><h3>${r.words(1)} <span style="float:right">${r.between(100, 9000).toFixed(2)}</span></h3></body>`,
});

const formula: Draw = (r) => ({
  width: r.whole(260, 700),
  height: r.whole(100, 340),
  html: `<body style="margin:0;background:${r.pick(['#fff', '#fff', '#123'])};color:${r.pick(['#000', '#789'])};display:grid;place-items:center;height:100vh;font:italic ${r.whole(22, 46)}px serif">${r.join(r.whole(1, 3), () => `<div>${r.pick(['∑', '∫', '∏', '√', '∂'])}<sub>${r.whole(0, 9)}</sub> ${r.pick(['x', 'α', 'θ', 'f(t)'])}<sup>${r.whole(2, 9)}</sup> ${r.pick(['+', '−', '≤', '='])} ${r.pick(['λ', 'e', 'π', 'y'])}<sup>${r.pick(['n', 'k', 'iω'])}</sup> / (${r.whole(1, 99)} − ${r.pick(['z', 'β'])})</div>`)}</body>`,
});

const calendar: Draw = (r) => ({
  width: r.whole(300, 640),
  height: r.whole(280, 560),
  html: `<body style="margin:14px;background:#fff;font:16px sans-serif"><h2 style="color:${r.colour()}">${r.words(1)} 20${r.whole(10, 30)}</h2><table style="width:100%;text-align:center;border-collapse:collapse">${r.join(6, (week) => `<tr>${r.join(7, (day) => `<td style="border:1px solid #ddd;padding:${r.pick([4, 6, 8])}px;color:${day > 4 ? '#c33' : '#333'}">${week * 7 + day < 31 ? week * 7 + day + 1 : ''}</td>`)}</tr>`)}</table></body>`,
});

const handwriting: Draw = (r) => {
  const [width, height] = [r.whole(300, 700), r.whole(200, 600)];
  const ink = r.pick(['#123a8c', '#111', '#7a1f1f', '#fff']);
  const line = (row: number): string => {
    let x = 20;
    const y = 40 + row * 38;
    return `<polyline fill="none" stroke="${ink}" stroke-width="${r.between(1.2, 3).toFixed(1)}" stroke-linejoin="round" points="${points(
      r.whole(60, 130),
      () => {
        x += r.between(-1, 8);
        return [Math.min(x, width - 20), y + r.between(-12, 12)];
      },
    )}"/>`;
  };
  return svg(
    width,
    height,
    ink === '#fff' ? r.pick(['#243', '#222']) : r.pick(['#fff', '#fffbe6']),
    r.join(Math.floor(height / 40), line),
  );
};

const music: Draw = (r) => {
  const [width, height] = [r.whole(400, 800), r.whole(300, 700)];
  const staff = (index: number): string => {
    const top = 30 + index * 90;
    return (
      r.join(
        5,
        (line) =>
          `<line x1="20" x2="${width - 20}" y1="${top + line * 10}" y2="${top + line * 10}" stroke="#000"/>`,
      ) +
      r.join(r.whole(8, 24), () => {
        const [x, y] = [r.between(60, width - 30), top + r.whole(-1, 9) * 5];
        return `<ellipse cx="${x}" cy="${y}" rx="6" ry="4.5" transform="rotate(-20 ${x} ${y})"/><line x1="${x + 5}" x2="${x + 5}" y1="${y}" y2="${y - 32}" stroke="#000" stroke-width="1.5"/>`;
      })
    );
  };
  return svg(width, height, r.pick(['#fff', '#fdfaf0']), r.join(Math.floor(height / 90), staff));
};

const code: Draw = (r) => {
  const cells = r.whole(21, 41);
  const side = r.whole(180, 420);
  const cell = side / cells;
  const isBars = r.whole(0, 2) === 0;
  const [ink, paper] = r.pick([
    ['#000', '#fff'],
    ['#000', '#fff'],
    ['#fff', '#024'],
    ['#a04', '#fed'],
  ] as const);
  const marks = isBars
    ? r.join(
        60,
        (bar) =>
          `<rect x="${20 + bar * ((side - 40) / 60)}" y="30" width="${r.between(1, (side - 40) / 60)}" height="${side * 0.55}" fill="${ink}"/>`,
      )
    : r.join(cells * cells, (index) =>
        r.whole(0, 1)
          ? `<rect x="${(index % cells) * cell}" y="${Math.floor(index / cells) * cell}" width="${cell}" height="${cell}" fill="${ink}"/>`
          : '',
      ) +
      [
        [0, 0],
        [cells - 7, 0],
        [0, cells - 7],
      ]
        .map(
          ([x = 0, y = 0]) =>
            `<rect x="${x * cell}" y="${y * cell}" width="${7 * cell}" height="${7 * cell}" fill="${paper}"/><rect x="${x * cell + cell / 2}" y="${y * cell + cell / 2}" width="${6 * cell}" height="${6 * cell}" fill="none" stroke="${ink}" stroke-width="${cell}"/><rect x="${(x + 2) * cell}" y="${(y + 2) * cell}" width="${3 * cell}" height="${3 * cell}" fill="${ink}"/>`,
        )
        .join('');
  return svg(side, isBars ? Math.round(side * 0.8) : side, paper, marks);
};

const slide: Draw = (r) => ({
  width: 640,
  height: r.pick([360, 480]),
  html: `<body style="margin:0;height:100vh;box-sizing:border-box;padding:44px;background:${r.pick(['#fff', '#f7f7f7', `linear-gradient(${r.whole(0, 360)}deg, ${r.colour()}, ${r.colour()})`, '#102030'])};color:${r.pick(['#222', '#678', '#c52'])};font:20px ${r.pick(['sans-serif', 'serif'])}"><h1>${r.words(r.whole(2, 6))}</h1><ul>${r.join(r.whole(0, 5), () => `<li>${r.words(r.whole(3, 9))}</li>`)}</ul></body>`,
});

export const PAPERS = {
  document: document_,
  invoice,
  formula,
  calendar,
  handwriting,
  music,
  code,
  slide,
} satisfies Record<string, Draw>;
