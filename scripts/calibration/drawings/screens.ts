import type { Draw } from './drawing';

const webPage: Draw = (r) => {
  const [accent, ink, paper] = [
    r.colour(),
    r.pick(['#222', '#333', '#111']),
    r.pick(['#fff', '#fafafa', '#f4f1ea', '#181a1f']),
  ];
  const text = paper === '#181a1f' ? '#ddd' : ink;
  const card = (): string =>
    `<div style="border:1px solid #8884;border-radius:${r.whole(0, 12)}px;padding:12px;flex:1"><div style="background:${r.colour()};height:${r.whole(20, 90)}px"></div><h3>${r.words(3)}</h3><p>${r.words(14)}</p></div>`;
  return {
    width: r.whole(480, 1200),
    height: r.whole(400, 900),
    html: `<body style="margin:0;background:${paper};color:${text};font:${r.whole(11, 17)}px ${r.pick(['sans-serif', 'serif', 'system-ui'])}"><header style="background:${accent};color:#fff;padding:14px 20px;display:flex;gap:24px"><b>${r.words(1)}</b>${r.join(4, () => `<span>${r.words(1)}</span>`)}</header><main style="padding:20px"><h1>${r.words(5)}</h1>${r.join(r.whole(1, 4), () => `<p>${r.words(r.whole(30, 70))}.</p>`)}<div style="display:flex;gap:12px">${r.join(r.whole(0, 3), card)}</div><button style="background:${accent};color:#fff;border:0;padding:10px 18px">${r.words(2)}</button></main></body>`,
  };
};

const codeEditor: Draw = (r) => {
  const isDark = r.whole(0, 2) > 0;
  const palette = isDark
    ? (['#c678dd', '#98c379', '#61afef', '#e5c07b', '#abb2bf'] as const)
    : (['#a626a4', '#50a14f', '#4078f2', '#986801', '#383a42'] as const);
  return {
    width: r.whole(400, 1000),
    height: r.whole(300, 700),
    html: `<body style="margin:0;background:${isDark ? r.pick(['#282c34', '#1e1e1e', '#002b36', '#0d1117']) : r.pick(['#fff', '#fdf6e3'])};font:${r.whole(11, 16)}px monospace;white-space:pre;padding:10px">${r.join(45, (line) => `<div><span style="color:#888a">${String(line + 1).padStart(3)} </span>${'&nbsp;'.repeat(2 * r.whole(0, 4))}${r.join(r.whole(0, 6), () => `<span style="color:${r.pick(palette)}">${r.words(1).toLowerCase()}${r.pick(['(', ')', ' = ', '.', ': ', ' ', ' => ', ';'])}</span>`)}</div>`)}</body>`,
  };
};

const phoneScreen: Draw = (r) => {
  const accent = r.colour();
  return {
    width: r.whole(300, 420),
    height: r.whole(560, 820),
    html: `<body style="margin:0;background:${r.pick(['#fff', '#f2f2f7', '#000', '#1c1c1e'])};color:#888;font:15px sans-serif"><div style="padding:8px 16px;display:flex;justify-content:space-between;font-size:12px"><b>9:41</b><span>LTE ▮▮▯</span></div><h2 style="padding:0 16px;color:${accent}">${r.words(2)}</h2>${r.join(r.whole(5, 10), () => `<div style="display:flex;align-items:center;gap:12px;padding:10px 16px;border-bottom:1px solid #8883"><div style="width:40px;height:40px;border-radius:${r.pick(['50%', '10px'])};background:${r.colour()}"></div><div><b>${r.words(2)}</b><br>${r.words(4)}</div></div>`)}<div style="position:fixed;bottom:0;width:100%;display:flex;justify-content:space-around;padding:14px 0;background:#8882">${r.join(4, () => `<span style="color:${accent}">●</span>`)}</div></body>`,
  };
};

const dialog: Draw = (r) => ({
  width: r.whole(300, 640),
  height: r.whole(160, 420),
  html: `<body style="margin:0;background:${r.pick(['#ddd', '#456', '#f5f5f5', '#222'])};display:grid;place-items:center;height:100vh;font:14px sans-serif"><div style="background:#fff;color:#333;border:1px solid #999;border-radius:${r.whole(0, 14)}px;width:78%"><div style="background:${r.colour()};padding:8px 12px;color:#fff">${r.words(3)} <span style="float:right">✕</span></div><div style="padding:14px">${r.words(r.whole(6, 20))}<br><br><input value="${r.words(2)}"><br><br><label><input type="checkbox" checked> ${r.words(3)}</label><div style="text-align:right"><button>${r.words(1)}</button> <button>${r.words(1)}</button></div></div></div></body>`,
});

const spreadsheet: Draw = (r) => {
  const columns = r.whole(4, 10);
  return {
    width: r.whole(420, 1000),
    height: r.whole(280, 640),
    html: `<body style="margin:0;background:#fff;font:12px sans-serif"><table style="border-collapse:collapse;width:100%">${r.join(30, (row) => `<tr style="background:${row === 0 ? r.colour() : row % 2 ? '#fff' : r.pick(['#fff', '#f3f6fa'])}">${r.join(columns, (column) => `<td style="border:1px solid #ccc;padding:3px 6px">${row === 0 || column === 0 ? r.words(1) : r.between(0, 9999).toFixed(r.whole(0, 2))}</td>`)}</tr>`)}</table></body>`,
  };
};

const chat: Draw = (r) => ({
  width: r.whole(320, 700),
  height: r.whole(400, 800),
  html: `<body style="margin:0;padding:12px;background:${r.pick(['#fff', '#ece5dd', '#0e1621', '#36393f'])};font:15px sans-serif">${r.join(
    9,
    () => {
      const mine = r.whole(0, 1) === 1;
      return `<div style="margin:8px;text-align:${mine ? 'right' : 'left'}"><span style="display:inline-block;max-width:70%;padding:8px 12px;border-radius:14px;background:${mine ? r.colour() : '#e9e9eb'};color:#111">${r.words(r.whole(2, 16))}</span></div>`;
    },
  )}</body>`,
});

export const SCREENS = {
  webPage,
  codeEditor,
  phoneScreen,
  dialog,
  spreadsheet,
  chat,
} satisfies Record<string, Draw>;
