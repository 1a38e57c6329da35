import { svg, type Draw } from './drawing';

const page = (r: Parameters<Draw>[0], background: string): ReturnType<Draw> => ({
  width: r.whole(120, 520),
  height: r.whole(120, 420),
  html: `<body style="margin:0;height:100vh;background:${background}"></body>`,
});

const blank: Draw = (r) => page(r, r.pick(['#fff', '#000', '#eee', r.colour(), r.colour()]));

const gradient: Draw = (r) => {
  const stops = Array.from({ length: r.whole(2, 5) }, () => r.colour()).join();
  return page(
    r,
    r.pick([
      `linear-gradient(${r.whole(0, 360)}deg, ${stops})`,
      `radial-gradient(circle at ${r.whole(0, 100)}% ${r.whole(0, 100)}%, ${stops})`,
      `conic-gradient(${stops})`,
    ]),
  );
};

/** Soft blobs over each other: the backgrounds of phones and of product pages. */
const blobs: Draw = (r) => {
  const [width, height] = [r.whole(240, 520), r.whole(240, 520)];
  return svg(
    width,
    height,
    r.colour(),
    `<filter id="b"><feGaussianBlur stdDeviation="${r.between(10, 50)}"/></filter><g filter="url(#b)">${r.join(r.whole(3, 9), () => `<circle cx="${r.between(0, width)}" cy="${r.between(0, height)}" r="${r.between(30, 160)}" fill="${r.colour()}"/>`)}</g>`,
  );
};

const stripes: Draw = (r) => {
  const [a, b, size] = [r.colour(), r.colour(), r.whole(4, 60)];
  return page(
    r,
    r.pick([
      `repeating-linear-gradient(${r.whole(0, 180)}deg, ${a} 0 ${size}px, ${b} ${size}px ${2 * size}px)`,
      `repeating-conic-gradient(${a} 0 25%, ${b} 0 50%) 0 0 / ${size}px ${size}px`,
      `repeating-radial-gradient(${a} 0 ${size}px, ${b} ${size}px ${2 * size}px)`,
      `radial-gradient(${a} 30%, ${b} 31%) 0 0 / ${size}px ${size}px`,
    ]),
  );
};

/** Perlin noise: clouds, plasma, paper and marble textures, static. */
const noise: Draw = (r) => {
  const [width, height] = [r.whole(200, 480), r.whole(200, 480)];
  return svg(
    width,
    height,
    '#fff',
    `<filter id="n" x="0" y="0" width="100%" height="100%"><feTurbulence type="${r.pick(['turbulence', 'fractalNoise'])}" baseFrequency="${r.pick([0.005, 0.01, 0.03, 0.1, 0.6])} ${r.pick([0.005, 0.01, 0.03, 0.1, 0.6])}" numOctaves="${r.whole(1, 5)}" seed="${r.whole(1, 999)}"/>${r.pick(['', '<feColorMatrix type="saturate" values="0"/>', `<feColorMatrix type="hueRotate" values="${r.whole(0, 360)}"/>`])}</filter><rect width="100%" height="100%" filter="url(#n)"/>`,
  );
};

const heatMap: Draw = (r) => {
  const [cells, side] = [r.whole(6, 40), r.whole(220, 420)];
  const hue = r.whole(0, 359);
  const [fx, fy] = [r.between(0.1, 0.8), r.between(0.1, 0.8)];
  return svg(
    side,
    side,
    '#fff',
    r.join(cells * cells, (i) => {
      const [x, y] = [i % cells, Math.floor(i / cells)];
      const value = 0.5 + 0.4 * Math.sin(x * fx) * Math.cos(y * fy) + r.between(-0.1, 0.1);
      return `<rect x="${(x * side) / cells}" y="${(y * side) / cells}" width="${side / cells + 0.5}" height="${side / cells + 0.5}" fill="hsl(${hue + value * 120} 80% ${(value * 70 + 15).toFixed(0)}%)"/>`;
    }),
  );
};

const mosaic: Draw = (r) => {
  const [width, height] = [r.whole(240, 480), r.whole(240, 480)];
  const hue = r.whole(0, 359);
  return svg(
    width,
    height,
    `hsl(${hue} 50% 50%)`,
    r.join(r.whole(20, 120), () => {
      const [x, y] = [r.between(-40, width), r.between(-40, height)];
      return `<polygon fill="hsl(${hue + r.whole(-40, 40)} ${r.whole(30, 90)}% ${r.whole(20, 85)}%)" points="${x},${y} ${x + r.between(20, 120)},${y + r.between(-50, 50)} ${x + r.between(-30, 60)},${y + r.between(30, 130)}"/>`;
    }),
  );
};

export const PATTERNS = {
  blank,
  gradient,
  blobs,
  stripes,
  noise,
  heatMap,
  mosaic,
} satisfies Record<string, Draw>;
