import { points, svg, type Draw } from './drawing';

const chart: Draw = (r) => {
  const [width, height] = [r.whole(280, 720), r.whole(220, 520)];
  const [left, base] = [40, height - 34];
  const series = r.whole(1, 4);
  const count = r.whole(5, 24);
  const step = (width - 60) / count;
  const body = r.pick([
    () =>
      r.join(count, (i) => {
        const h = r.between(8, base - 30);
        return `<rect x="${left + i * step + 2}" y="${base - h}" width="${step * 0.7}" height="${h}" fill="${colours[i % series] ?? ''}"/>`;
      }),
    () =>
      r.join(series, (s) => {
        let y = r.between(40, base);
        return `<polyline fill="none" stroke="${colours[s] ?? ''}" stroke-width="2" points="${points(
          count,
          (i) => {
            y = Math.min(base, Math.max(20, y + r.between(-40, 40)));
            return [left + i * step, y];
          },
        )}"/>`;
      }),
    () =>
      r.join(
        count * 8,
        (i) =>
          `<circle cx="${r.between(left, width - 20)}" cy="${r.between(20, base)}" r="${r.between(2, 7)}" fill="${colours[i % series] ?? ''}" opacity="0.6"/>`,
      ),
    () => {
      let angle = 0;
      const [cx, cy, radius] = [width / 2, height / 2, height * 0.36];
      return r.join(count, () => {
        const next = angle + r.between(0.15, 1);
        const path = `<path d="M${cx} ${cy} L${cx + radius * Math.cos(angle)} ${cy + radius * Math.sin(angle)} A${radius} ${radius} 0 0 1 ${cx + radius * Math.cos(next)} ${cy + radius * Math.sin(next)} Z" fill="${r.colour()}"/>`;
        angle = next;
        return path;
      });
    },
    () =>
      r.join(
        series + 2,
        (s) =>
          `<path d="M${left} ${base} ${r.join(count, (i) => `L${left + i * step} ${base - (r.between(0.2, 1) * (base - 30)) / (s + 1)} `)} L${left + (count - 1) * step} ${base} Z" fill="${r.colour()}" opacity="0.7"/>`,
      ),
  ] as const);
  const colours = [r.colour(), r.colour(), r.colour(), r.colour()];
  const ink = r.pick(['#333', '#888']);
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#fafafa', '#1d2230']),
    `${r.join(5, (i) => `<line x1="${left}" x2="${width - 10}" y1="${base - i * (base / 5.5)}" y2="${base - i * (base / 5.5)}" stroke="#8884"/><text x="4" y="${base - i * (base / 5.5)}" font-size="10" fill="${ink}">${i * 20}</text>`)}${body()}<text x="${width / 2}" y="16" text-anchor="middle" font-size="14" fill="${ink}">${r.words(4)}</text>`,
  );
};

const flowChart: Draw = (r) => {
  const [width, height] = [r.whole(340, 760), r.whole(260, 600)];
  const count = r.whole(4, 12);
  const at = Array.from(
    { length: count },
    () => [r.between(60, width - 60), r.between(30, height - 30)] as const,
  );
  const fill = r.pick(['#fff', '#dbeafe', '#fde68a', r.colour()]);
  const lines = at.slice(1).map(([x, y], i) => {
    const [fx, fy] = at[r.whole(0, i)] ?? [x, y];
    return `<path d="M${fx} ${fy} ${r.pick([`L${x} ${y}`, `V${y} H${x}`])}" fill="none" stroke="#444" stroke-width="1.5"/>`;
  });
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#f8f9fa', '#202124']),
    lines.join('') +
      at
        .map(
          ([x, y]) =>
            r.pick([
              `<rect x="${x - 46}" y="${y - 17}" width="92" height="34" rx="${r.pick([0, 6, 17])}" fill="${fill}" stroke="#444"/>`,
              `<polygon points="${x},${y - 26} ${x + 50},${y} ${x},${y + 26} ${x - 50},${y}" fill="${fill}" stroke="#444"/>`,
              `<ellipse cx="${x}" cy="${y}" rx="44" ry="20" fill="${fill}" stroke="#444"/>`,
            ]) +
            `<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="11">${r.words(1)}</text>`,
        )
        .join(''),
  );
};

const network: Draw = (r) => {
  const [width, height] = [r.whole(280, 640), r.whole(260, 560)];
  const nodes = Array.from(
    { length: r.whole(12, 60) },
    () => [r.between(15, width - 15), r.between(15, height - 15)] as const,
  );
  const colour = r.colour();
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#0b1020']),
    nodes
      .map(([x, y], i) => {
        const [tx, ty] = nodes[r.whole(0, i)] ?? [x, y];
        return `<line x1="${x}" y1="${y}" x2="${tx}" y2="${ty}" stroke="#8888"/>`;
      })
      .join('') +
      nodes
        .map(
          ([x, y]) =>
            `<circle cx="${x}" cy="${y}" r="${r.between(3, 12)}" fill="${r.pick([colour, colour, r.colour()])}"/>`,
        )
        .join(''),
  );
};

const streetMap: Draw = (r) => {
  const [width, height] = [r.whole(300, 700), r.whole(260, 600)];
  const line = (stroke: string, thick: number): string => {
    let [x, y] = [r.between(0, width), 0];
    return `<polyline fill="none" stroke="${stroke}" stroke-width="${thick}" points="${points(
      12,
      () => {
        x += r.between(-50, 50);
        y += height / 10;
        return r.pick([
          [x, y],
          [x, y],
        ] as const);
      },
    )}" transform="rotate(${r.pick([0, 90, 35, -40])} ${width / 2} ${height / 2})"/>`;
  };
  const block = (fill: string): string =>
    `<polygon fill="${fill}" points="${points(6, (i) => [r.between(0, width), r.between(0, height) + i])}"/>`;
  return svg(
    width,
    height,
    r.pick(['#f2efe9', '#e8e8e8', '#242f3e']),
    block('#aad3df') +
      r.join(3, () => block(r.pick(['#c8e6b0', '#d8e8c8', '#ddd']))) +
      r.join(14, () => line(r.pick(['#fff', '#fff', '#ddd', '#777']), r.between(2, 5))) +
      r.join(3, () => line(r.pick(['#f9b29c', '#fcd6a4', '#e892a2']), 8)) +
      r.join(
        12,
        () =>
          `<text x="${r.between(0, width)}" y="${r.between(0, height)}" font-size="10" fill="#555">${r.words(1)}</text>`,
      ),
  );
};

const regionMap: Draw = (r) => {
  const [width, height] = [r.whole(300, 640), r.whole(240, 480)];
  const tint = r.whole(0, 359);
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#a6cae0']),
    r.join(r.whole(8, 40), () => {
      const [x, y, size] = [
        r.between(40, width - 40),
        r.between(40, height - 40),
        r.between(20, 90),
      ];
      return `<polygon fill="hsl(${tint} 60% ${r.whole(25, 90)}%)" stroke="#fff" points="${points(11, (i) => [x + size * r.between(0.6, 1) * Math.cos(i * 0.57), y + size * r.between(0.6, 1) * Math.sin(i * 0.57)])}"/>`;
    }),
  );
};

const circuit: Draw = (r) => {
  const [width, height] = [r.whole(300, 640), r.whole(240, 480)];
  const grid = (value: number): number => Math.round(value / 20) * 20;
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#063', '#012']),
    r.join(r.whole(14, 40), () => {
      const [x, y] = [grid(r.between(0, width)), grid(r.between(0, height))];
      return `<path fill="none" stroke="${r.pick(['#111', '#4a4', '#c80'])}" stroke-width="1.5" d="M${x} ${y} h${r.pick([20, 60, -40])} ${r.pick(['l5 -8 l10 16 l10 -16 l10 16 l5 -8', 'v40', 'm0 -10 v20 m6 -20 v20 m0 -10'])} h20"/>`;
    }) +
      r.join(
        10,
        () =>
          `<text x="${r.between(0, width)}" y="${r.between(0, height)}" font-size="10" fill="#777">R${r.whole(1, 99)}</text>`,
      ),
  );
};

const floorPlan: Draw = (r) => {
  const [width, height] = [r.whole(320, 640), r.whole(260, 520)];
  return svg(
    width,
    height,
    r.pick(['#fff', '#fff', '#1d3f72']),
    r.join(r.whole(4, 10), () => {
      const [x, y] = [r.whole(1, 10) * 30, r.whole(1, 8) * 30];
      return `<rect x="${x}" y="${y}" width="${r.whole(2, 6) * 30}" height="${r.whole(2, 5) * 30}" fill="${r.pick(['none', '#8881', '#fd82'])}" stroke="${r.pick(['#222', '#999'])}" stroke-width="${r.pick([2, 5])}"/><text x="${x + 8}" y="${y + 20}" font-size="11" fill="#888">${r.words(1)}</text>`;
    }),
  );
};

export const FIGURES = {
  chart,
  flowChart,
  network,
  streetMap,
  regionMap,
  circuit,
  floorPlan,
} satisfies Record<string, Draw>;
