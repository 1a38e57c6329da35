import { points, svg, type Draw } from './drawing';

const shape = (r: Parameters<Draw>[0], x: number, y: number, size: number, fill: string): string =>
  r.pick([
    () => `<circle cx="${x}" cy="${y}" r="${size / 2}" fill="${fill}"/>`,
    () =>
      `<rect x="${x - size / 2}" y="${y - size / 2}" width="${size}" height="${size}" rx="${r.between(0, size / 3)}" fill="${fill}"/>`,
    () =>
      `<polygon fill="${fill}" points="${points(r.whole(3, 8), (i) => [x + (size / 2) * Math.cos(i * 2.4), y + (size / 2) * Math.sin(i * 2.4)])}"/>`,
    () =>
      `<path d="M${x - size / 2} ${y} q${size / 2} ${r.between(-size, size)} ${size} 0 q${r.between(-size, 0)} ${size / 2} ${-size} 0" fill="${fill}"/>`,
    () =>
      `<circle cx="${x}" cy="${y}" r="${size * 0.4}" fill="none" stroke="${fill}" stroke-width="${size * 0.15}"/>`,
  ] as const)();

const logo: Draw = (r) => {
  const [width, height] = [r.whole(200, 560), r.whole(140, 400)];
  const mark = r.colour();
  const size = height * 0.4;
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#f5f5f5', '#111', r.colour()]),
    r.join(r.whole(1, 4), () =>
      shape(
        r,
        width / 2 + r.between(-30, 30),
        height * 0.36 + r.between(-15, 15),
        size * r.between(0.4, 1),
        r.pick([mark, r.colour()]),
      ),
    ) +
      `<text x="50%" y="${height * 0.85}" text-anchor="middle" font-size="${height * r.between(0.1, 0.2)}" font-weight="${r.pick([400, 700, 900])}" font-family="${r.pick(['sans-serif', 'serif', 'monospace'])}" fill="${mark}">${r.words(r.whole(1, 2))}</text>`,
  );
};

const appIcon: Draw = (r) => {
  const side = r.pick([96, 128, 192, 256, 512]);
  const [a, b] = [r.colour(), r.colour()];
  return svg(
    side,
    side,
    r.pick(['#fff', '#fff', '#eee', '#000']),
    `<defs><linearGradient id="g" x1="0" y1="0" x2="${r.pick([0, 1])}" y2="1"><stop stop-color="${a}"/><stop offset="1" stop-color="${b}"/></linearGradient></defs><rect x="${side * 0.06}" y="${side * 0.06}" width="${side * 0.88}" height="${side * 0.88}" rx="${side * r.pick([0, 0.2, 0.44])}" fill="url(#g)"/>${r.join(r.whole(1, 4), () => shape(r, side * r.between(0.35, 0.65), side * r.between(0.35, 0.65), side * r.between(0.2, 0.5), r.pick(['#fff', '#fffc', '#0006', r.colour()])))}`,
  );
};

const glyph: Draw = (r) => {
  const side = r.pick([64, 96, 128, 256, 400]);
  return {
    width: side,
    height: side,
    html: `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${r.pick(['#fff', '#fff', '#222', r.colour()])};color:${r.pick(['#111', '#c22', '#888', r.colour()])};font:${side * r.between(0.5, 0.9)}px 'DejaVu Sans'">${r.pick(['☎', '✂', '☂', '☃', '★', '♞', '⚓', '☺', '✈', '♫', '⌘', '☯', '☢', '❄', '✉', '⚙', '⚔', '♥', '☠', '♛', '⚖', '✎', '⌛', '☕', '⚽', '☀', '☁'])}</body>`,
  };
};

/** Round faces and simple things with shading: what emoji look like. */
const emoji: Draw = (r) => {
  const side = r.pick([72, 128, 160, 256, 512]);
  const c = side / 2;
  const skin = r.pick(['#ffcc4d', '#ffdd67', '#fbc', '#8c5', '#f55', '#6cf', '#c96']);
  const eye = (x: number): string =>
    r.pick([
      () =>
        `<ellipse cx="${x}" cy="${c * 0.85}" rx="${side * 0.05}" ry="${side * 0.08}" fill="#432"/>`,
      () =>
        `<path d="M${x - side * 0.08} ${c * 0.9} q${side * 0.08} ${-side * 0.1} ${side * 0.16} 0" fill="none" stroke="#432" stroke-width="${side * 0.035}"/>`,
    ] as const)();
  const face = `<radialGradient id="g"><stop stop-color="${skin}"/><stop offset="1" stop-color="${skin}" stop-opacity="${r.between(0.7, 1)}"/></radialGradient><circle cx="${c}" cy="${c}" r="${side * 0.46}" fill="url(#g)"/>${eye(c * 0.65)}${eye(c * 1.35)}<path d="M${c * 0.6} ${c * 1.25} Q${c} ${c * r.between(1, 1.8)} ${c * 1.4} ${c * 1.25}" fill="${r.pick(['none', '#643', '#b33'])}" stroke="#643" stroke-width="${side * 0.03}"/>`;
  const thing = r.join(r.whole(3, 7), () =>
    shape(
      r,
      c + r.between(-0.2, 0.2) * side,
      c + r.between(-0.25, 0.25) * side,
      side * r.between(0.2, 0.7),
      r.colour(),
    ),
  );
  return svg(side, side, r.pick(['#fff', '#fff', '#fff', '#333']), r.pick([face, thing]));
};

const avatar: Draw = (r) => {
  const side = r.pick([64, 96, 128, 200, 400]);
  const [ground, figure] = [r.colour(), r.pick(['#fff', '#ddd', r.colour()])];
  return svg(
    side,
    side,
    ground,
    r.pick([
      `<circle cx="${side / 2}" cy="${side * 0.38}" r="${side * 0.2}" fill="${figure}"/><ellipse cx="${side / 2}" cy="${side}" rx="${side * 0.38}" ry="${side * 0.36}" fill="${figure}"/>`,
      `<text x="50%" y="66%" text-anchor="middle" font-size="${side * 0.5}" fill="${figure}">${r.words(1).charAt(0)}</text>`,
      r.join(25, (i) =>
        r.whole(0, 1)
          ? `<rect x="${(i % 5) * (side / 5)}" y="${Math.floor(i / 5) * (side / 5)}" width="${side / 5}" height="${side / 5}" fill="${figure}"/>`
          : '',
      ),
    ]),
  );
};

const pixelArt: Draw = (r) => {
  const cells = r.pick([8, 12, 16, 24, 32]);
  const side = r.pick([192, 256, 384]);
  const cell = side / cells;
  const palette = [r.colour(), r.colour(), r.colour(), r.colour(), r.colour()] as const;
  const mirrored = r.whole(0, 1) === 1;
  const half: string[] = [];
  const likeBefore = (index: number): string => {
    const before = half[index - 1] ?? '';
    return r.whole(0, 2) > 0 && before !== '' ? before : r.pick(palette);
  };
  return svg(
    side,
    side,
    r.pick(['#fff', '#000', '#8cf', r.colour()]),
    r.join(cells * cells, (index) => {
      const [x, y] = [index % cells, Math.floor(index / cells)];
      const edge = Math.hypot(x - cells / 2, y - cells / 2) > cells * 0.46;
      if (mirrored && x >= cells / 2) half[index] = half[y * cells + (cells - 1 - x)] ?? '';
      else half[index] = edge || r.whole(0, 4) === 0 ? '' : likeBefore(index);
      return half[index] === ''
        ? ''
        : `<rect x="${x * cell}" y="${y * cell}" width="${cell}" height="${cell}" fill="${half[index] ?? ''}" shape-rendering="crispEdges"/>`;
    }),
  );
};

/** Flat landscapes and scenes, as on banners and in clip art. */
const illustration: Draw = (r) => {
  const [width, height] = [r.whole(300, 700), r.whole(240, 500)];
  const hills = r.join(
    r.whole(2, 5),
    (layer) =>
      `<path d="M0 ${height} V${height * (0.4 + layer * 0.13)} Q${width * r.between(0.1, 0.4)} ${height * r.between(0.2, 0.7)} ${width / 2} ${height * (0.5 + layer * 0.1)} T${width} ${height * r.between(0.4, 0.8)} V${height} Z" fill="${r.colour()}"/>`,
  );
  const trees = r.join(r.whole(0, 8), () => {
    const [x, y] = [r.between(0, width), height * r.between(0.6, 0.9)];
    return `<rect x="${x - 3}" y="${y}" width="6" height="30" fill="#642"/><circle cx="${x}" cy="${y}" r="${r.between(12, 30)}" fill="${r.colour()}"/>`;
  });
  return svg(
    width,
    height,
    `linear-gradient(${r.colour()}, ${r.colour()})`,
    `<circle cx="${r.between(0, width)}" cy="${height * 0.25}" r="${r.between(15, 50)}" fill="${r.pick(['#fff', '#fd5', '#f85'])}"/>${hills}${trees}${r.join(r.whole(0, 4), () => shape(r, r.between(0, width), r.between(0, height), r.between(30, 140), r.colour()))}`,
  );
};

const lineArt: Draw = (r) => {
  const [width, height] = [r.whole(240, 500), r.whole(240, 500)];
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#fdf6e3', '#111']),
    r.join(r.whole(4, 16), () => {
      const [x, y] = [r.between(0.2, 0.8) * width, r.between(0.2, 0.8) * height];
      return `<path fill="none" stroke="${r.pick(['#000', '#333', '#777'])}" stroke-width="${r.between(1, 6)}" d="M${x} ${y} ${r.join(r.whole(1, 5), () => `q${r.between(-120, 120)} ${r.between(-120, 120)} ${r.between(-120, 120)} ${r.between(-120, 120)} `)}"/>`;
    }),
  );
};

const flag: Draw = (r) => {
  const [width, height] = [r.whole(240, 480), r.whole(160, 320)];
  const bands = r.whole(2, 5);
  const upright = r.whole(0, 1) === 1;
  return svg(
    width,
    height,
    r.colour(),
    r.join(bands, (i) =>
      upright
        ? `<rect x="${(i * width) / bands}" width="${width / bands}" height="${height}" fill="${r.colour()}"/>`
        : `<rect y="${(i * height) / bands}" width="${width}" height="${height / bands}" fill="${r.colour()}"/>`,
    ) +
      (r.whole(0, 1)
        ? shape(r, width * r.pick([0.25, 0.5]), height / 2, height * 0.4, r.colour())
        : ''),
  );
};

const words: Draw = (r) => ({
  width: r.whole(240, 640),
  height: r.whole(120, 480),
  html: `<body style="margin:0;height:100vh;display:grid;place-items:center;text-align:center;background:${r.pick(['#fff', '#000', r.colour(), `linear-gradient(${r.whole(0, 360)}deg, ${r.colour()}, ${r.colour()})`, `radial-gradient(${r.colour()}, ${r.colour()})`])};color:${r.pick(['#fff', '#111', '#fe3', r.colour()])};font:${r.pick([400, 700, 900])} ${r.whole(20, 70)}px ${r.pick(['serif', 'sans-serif', 'monospace', 'C059', 'Z003'])};text-shadow:${r.pick(['none', '2px 2px 6px #000'])}">${r.words(r.whole(1, 9))}</body>`,
});

const badge: Draw = (r) => {
  const side = r.whole(160, 420);
  const c = side / 2;
  return svg(
    side,
    side,
    r.pick(['#fff', '#eee', '#222']),
    `<polygon fill="${r.colour()}" points="${points(48, (i) => [c + c * (i % 2 ? 0.92 : 0.82) * Math.cos((i * Math.PI) / 24), c + c * (i % 2 ? 0.92 : 0.82) * Math.sin((i * Math.PI) / 24)])}"/><circle cx="${c}" cy="${c}" r="${c * 0.66}" fill="none" stroke="#fff" stroke-width="${side * 0.02}"/><text x="50%" y="56%" text-anchor="middle" font-size="${side * 0.14}" font-weight="700" fill="#fff">${r.words(1)}</text>`,
  );
};

const board: Draw = (r) => {
  const side = r.whole(240, 480);
  const cells = r.pick([3, 8, 8, 9, 10, 19]);
  const cell = side / cells;
  const [a, b] = [r.colour(), r.pick(['#fff', '#eec', r.colour()])];
  return svg(
    side,
    side,
    b,
    r.join(cells * cells, (i) => {
      const [x, y] = [i % cells, Math.floor(i / cells)];
      return `<rect x="${x * cell}" y="${y * cell}" width="${cell}" height="${cell}" fill="${(x + y) % 2 ? a : b}" stroke="#0003"/>${r.whole(0, 4) === 0 ? `<text x="${(x + 0.5) * cell}" y="${(y + 0.8) * cell}" font-size="${cell * 0.8}" text-anchor="middle">${r.pick(['♜', '♞', '♝', '♛', '♚', '♟', '●', '○', '7', '4'])}</text>` : ''}`;
    }),
  );
};

export const GRAPHICS = {
  logo,
  appIcon,
  glyph,
  emoji,
  avatar,
  pixelArt,
  illustration,
  lineArt,
  flag,
  words,
  badge,
  board,
} satisfies Record<string, Draw>;
