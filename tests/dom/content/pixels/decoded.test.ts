import { describe, expect, test, vi } from 'vitest';

import { assertSize, type Raster } from '../../../../src/core/look/raster';
import { readDecoded } from '../../../../src/content/pixels/decoded';
import { element, loaded, ownPicture, pngOf, show, squarePng, until } from '../../harness/page';
import { jpegOf } from '../../harness/jpeg';

const read = (selector: string): Promise<Raster> =>
  readDecoded(ownPicture(selector), new AbortController().signal);

function pixel({ width, data }: Raster, x: number, y: number): number[] {
  return [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4)];
}
const sizeOf = ({ width, height }: Raster) => [width, height];
const refusal = async (selector: string): Promise<unknown> =>
  await read(selector).then(
    () => 'read',
    (error: unknown) => (error as { code?: unknown }).code,
  );

const RED = [255, 0, 0, 255];
const BLUE = [0, 0, 255, 255];

/** Left half red, right half blue. */
function halves(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  context.fillStyle = '#f00';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#00f';
  context.fillRect(width / 2, 0, width / 2, height);
}

describe('sizes in which pictures travel', () => {
  test.each([
    [100, 60, [100, 60]],
    [300, 320, [300, 320]],
    [512, 512, [299, 299]],
    [1200, 600, [598, 299]],
    [6000, 300, [1024, 51]],
  ])('%i x %i', async (width, height, expected) => {
    show(`<img src="${pngOf(width, height, halves)}" width="40" height="40">`);
    await loaded('img');
    const raster = await read('img');
    expect(sizeOf(raster)).toEqual(expected);
    expect(raster.data).toHaveLength(raster.width * raster.height * 4);
    expect(pixel(raster, 1, 1)).toEqual(RED);
    expect(pixel(raster, raster.width - 2, raster.height - 2)).toEqual(BLUE);
  });

  test('a fine checkerboard comes out grey, not as stripes', async () => {
    const [wide, high] = [3000, 2000];
    const board = pngOf(wide, high, (context) => {
      const pixels = context.createImageData(wide, high);
      new Uint32Array(pixels.data.buffer).forEach((_, index, all) => {
        all[index] = (index + Math.floor(index / wide)) % 2 === 0 ? 0xffffffff : 0xff000000;
      });
      context.putImageData(pixels, 0, 0);
    });
    show(`<img src="${board}">`);
    await loaded('img');
    const raster = await read('img');
    const reds = new Set(raster.data.filter((_, index) => index % 4 === 0));
    expect(Math.min(...reds)).toBeGreaterThan(110);
    expect(Math.max(...reds)).toBeLessThan(145);
  });

  test('bombs and specks are refused', () => {
    const code = (code: string): unknown => expect.objectContaining({ code });
    expect(() => {
      assertSize({ width: 20_000, height: 20_000 });
    }).toThrow(code('image-too-large'));
    expect(() => {
      assertSize({ width: 1, height: 900 });
    }).toThrow(code('image-too-small'));
    expect(() => {
      assertSize({ width: 2, height: 2 });
    }).not.toThrow();
  });
});

describe('what is read of an image', () => {
  test('the whole picture, however its box cuts or bends it', async () => {
    show(
      `<img src="${pngOf(80, 40, halves)}" style="width: 20px; height: 60px; object-fit: cover; filter: invert(1)">`,
    );
    await loaded('img');
    const raster = await read('img');
    expect(sizeOf(raster)).toEqual([80, 40]);
    expect([pixel(raster, 2, 20), pixel(raster, 77, 20)]).toEqual([RED, BLUE]);
  });

  test('transparency stays, with straight colours', async () => {
    const glass = pngOf(20, 20, (context) => {
      context.fillStyle = 'rgba(255, 0, 0, 0.5)';
      context.fillRect(0, 0, 10, 20);
    });
    show(`<img src="${glass}">`);
    await loaded('img');
    const raster = await read('img');
    const [red, , , alpha] = pixel(raster, 2, 2);
    expect([red, alpha]).toEqual([255, 128]);
    expect(pixel(raster, 15, 5)[3]).toBe(0);
  });

  test('nothing of the picture before', async () => {
    show(`<img src="${squarePng(20)}">`);
    await loaded('img');
    await read('img');
    const glass = pngOf(20, 20, (context) => {
      context.fillStyle = '#00f';
      context.fillRect(0, 0, 10, 20);
    });
    show(`<img src="${glass}">`);
    await loaded('img');
    const raster = await read('img');
    expect([pixel(raster, 2, 2), pixel(raster, 15, 5)]).toEqual([BLUE, [0, 0, 0, 0]]);
  });

  test.each([
    [1, [64, 32], 'left'],
    [3, [64, 32], 'right'],
    [6, [32, 64], 'top'],
    [8, [32, 64], 'bottom'],
  ] as const)('a photo with EXIF orientation %i is upright', async (orientation, size, red) => {
    show(`<img src="${jpegOf(64, 32, halves, orientation)}">`);
    await loaded('img');
    const raster = await read('img');
    expect(sizeOf(raster)).toEqual(size);
    const { width, height } = raster;
    const places = {
      left: pixel(raster, 4, height / 2),
      right: pixel(raster, width - 5, height / 2),
      top: pixel(raster, width / 2, 4),
      bottom: pixel(raster, width / 2, height - 5),
    };
    const isRed = ([r = 0, , b = 0]: number[]): boolean => r > 200 && b < 60;
    expect(isRed(places[red])).toBe(true);
    const opposite = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const;
    expect(isRed(places[opposite[red]])).toBe(false);
  });

  test('a drawing by its address is drawn at the size at which it is shown', async () => {
    const svg = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="10" fill="red"/><rect x="5" width="5" height="10" fill="blue"/></svg>')}`;
    show(`<img src="${svg}" width="200" height="200">`);
    await loaded('img');
    const raster = await read('img');
    expect(sizeOf(raster)).toEqual([200, 200]);
    expect([pixel(raster, 90, 5), pixel(raster, 110, 5)]).toEqual([RED, BLUE]);
  });

  test('one that is still on its way is waited for', async () => {
    show('<img width="9" height="9">');
    element('img').setAttribute('src', squarePng(30, '#f00'));
    expect(pixel(await read('img'), 3, 3)).toEqual(RED);
  });
});

test('a canvas, an image button and a background are read too', async () => {
  const address = pngOf(40, 20, halves);
  show(
    `<canvas width="40" height="20"></canvas><input type="image" src="${address}">
     <p style="background: url(${address})"></p>`,
  );
  const context = (element('canvas') as HTMLCanvasElement).getContext('2d');
  if (context === null) throw new Error('No canvas.');
  halves(context);
  for (const selector of ['canvas', 'input', 'p']) {
    const raster = await read(selector);
    expect([selector, ...sizeOf(raster)]).toEqual([selector, 40, 20]);
    expect([pixel(raster, 2, 2), pixel(raster, 37, 2)]).toEqual([RED, BLUE]);
  }
});

describe('an inline drawing', () => {
  test('with the styles of the page, the symbols of the page, at the size of its box', async () => {
    show(
      `<style>.sun { fill: #f00 } svg { color: #00f }</style>
       <svg width="0" height="0" id="sheet"><symbol id="half"><rect width="50" height="100" fill="currentColor"/></symbol></svg>
       <svg id="x" viewBox="0 0 100 100" style="width: 80px; height: 80px">
         <rect class="sun" width="100" height="100"/><use href="#half"/></svg>`,
    );
    const raster = await read('#x');
    expect(sizeOf(raster)).toEqual([80, 80]);
    expect([pixel(raster, 10, 40), pixel(raster, 70, 40)]).toEqual([BLUE, RED]);
  });

  test('changes nothing of the page', async () => {
    show(
      '<svg id="x" width="20" height="20" x="3" style="transform: rotate(45deg)"><rect width="9" height="9"/></svg>',
    );
    const before = document.body.innerHTML;
    await read('#x');
    expect(document.body.innerHTML).toBe(before);
  });

  test.each([
    [
      'with HTML in it',
      '<svg id="x" width="9" height="9"><foreignObject/></svg>',
      'image-not-readable',
    ],
    [
      'with another picture in it',
      '<svg id="x" width="9" height="9"><image href="a.png"/></svg>',
      'image-not-readable',
    ],
    ['without a size', '<svg id="x" width="0" height="0"><path/></svg>', 'image-has-no-size'],
    ['that draws nothing', '<svg id="x" width="9" height="9"></svg>', 'image-not-readable'],
  ])('%s is refused', async (_, html, code) => {
    show(html);
    expect(await refusal('#x')).toBe(code);
  });
});

test.each([
  ['broken', '<img id="x" src="data:image/png,none">', 'image-not-loaded'],
  [
    'of another site',
    '<p id="x" style="background: url(https://example.test/a.png)"></p>',
    'image-tainted',
  ],
  ['a speck', '<img id="x" src="SPECK">', 'image-too-small'],
  ['all transparent', '<canvas id="x"></canvas>', 'image-not-readable'],
  ['a video without a frame', '<video id="x"></video>', 'image-not-loaded'],
])('what is %s is refused', async (_, html, code) => {
  show(html.replace('SPECK', squarePng(1)));
  expect(await refusal('#x')).toBe(code);
});

test('a picture of another site leaves the next one readable', async () => {
  const { protocol, port } = location;
  const host = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  show(
    `<img id="x" src="${protocol}//${host}:${port}/icons/icon-16.png"><img src="${squarePng(16)}">`,
  );
  await loaded('#x');
  await loaded('img:not([id])');
  expect(await refusal('#x')).toBe('image-tainted');
  expect(sizeOf(await read('img:not([id])'))).toEqual([16, 16]);
});

test('nobody who has stopped waiting gets an answer', async () => {
  show('<img>');
  const [image, controller] = [element('img'), new AbortController()];
  image.setAttribute('src', '/never-there.png?1');
  const reading = readDecoded(ownPicture('img'), controller.signal);
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

test('a background that did not come is not asked for again', async () => {
  const address = new URL('/no-such-background.png', document.baseURI).href;
  show(`<p id="x" style="background: url(${address})">Words</p>`);
  const asked = () => performance.getEntriesByName(address).length;
  await until('the page has asked', () => asked() > 0);
  expect(await refusal('#x')).toBe('image-not-found');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked()).toBe(1);
});

test('backgrounds by long addresses are taken over in a task each', async () => {
  const long = squarePng(200).replace(';base64', `;x=${'x'.repeat(70_000)};base64`);
  show(`<style>p{background:url(${long})}</style><p id="a">A</p><p id="b">B</p>`);
  let tasks = 0;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    tasks += 1;
    channel.port2.postMessage(null);
  };
  channel.port2.postMessage(null);
  const sources: number[] = [];
  const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src');
  vi.spyOn(HTMLImageElement.prototype, 'src', 'set').mockImplementation(function (
    this: HTMLImageElement,
    address: string,
  ) {
    sources.push(tasks);
    source?.set?.call(this, address);
  });
  const rasters = await Promise.all([read('#a'), read('#b')]);
  vi.restoreAllMocks();
  channel.port1.close();
  expect(rasters.map(sizeOf)).toEqual([
    [200, 200],
    [200, 200],
  ]);
  expect(sources).toHaveLength(2);
  expect(sources[0]).toBeLessThan(sources[1] ?? 0);
});

describe('a file that lacks its last bytes', () => {
  const stripes = (context: CanvasRenderingContext2D) => {
    for (let y = 0; y < 400; y += 10) {
      context.fillStyle = `hsl(${y * 7} 90% 50%)`;
      context.fillRect(0, y, 400, 10);
    }
  };
  const cut = (address: string, share: number) => {
    const [head = '', body = ''] = address.split(',');
    return `${head},${btoa(atob(body).slice(0, Math.ceil(atob(body).length * share) - 2))}`;
  };

  test.each([
    ['JPEG', jpegOf(400, 400, stripes, 1)],
    ['PNG', pngOf(400, 400, stripes)],
  ])('%s: seen but for its last rows, it is read without them', async (_format, address) => {
    show(`<img src="${cut(address, 0.98)}">`);
    await loaded('img');
    const { width, height, data } = await read('img');
    expect(height).toBeGreaterThan(width * 0.85);
    expect(data).toHaveLength(width * height * 4);
    expect(pixel({ width, height, data }, 5, height - 1)[3]).toBe(255);
  });

  test.each([
    ['JPEG', jpegOf(400, 400, stripes, 1)],
    ['PNG', pngOf(400, 400, stripes)],
  ])('%s: much is missing', async (_format, address) => {
    show(`<img src="${cut(address, 0.5)}">`);
    await loaded('img');
    expect(await refusal('img')).toBe('image-truncated');
  });
});
