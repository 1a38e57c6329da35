import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program';
import type { TensorInfo } from '@tensorflow/tfjs-core';

import { LOBES } from '../../core/look/views';

/**
 * The WGSL of the model's layers and of cutting views, as tfjs programs. All sizes are uniforms, so a
 * program is compiled once for every layer of its kind and every batch. Activations are
 * `[cuts, side, side, channels]`, channels in fours.
 */

/**
 * The shape that tfjs is told of every tensor: it compiles a program anew where one is as big as
 * another, or of a single value.
 */
const NO_SHAPE = [2];

/** A tensor as `runWebGPUProgram` takes it for these programs. */
export function shapeless({ dataId, dtype }: TensorInfo): TensorInfo {
  return { dataId, dtype, shape: NO_SHAPE };
}

/** One uniform of a program; all are int32. */
type Uniform = readonly [name: string, value: number];

/** A program, and the values of its uniforms in their order. */
export interface Program {
  program: WebGPUProgram;
  uniforms: { type: 'int32'; data: number[] }[];
}

interface Parts {
  key: string;
  inputs: readonly { name: string; components: 1 | 4 }[];
  outputComponents: 1 | 4;
  uniforms: readonly Uniform[];
  workgroups: readonly [x: number, y?: number];
  workgroupSize: readonly [x: number, y?: number];
  code: string;
}

function programOf(parts: Parts): Program {
  const { key, inputs, outputComponents, uniforms, workgroups, code } = parts;
  const [sizeX, sizeY = 1] = parts.workgroupSize;
  return {
    program: {
      shaderKey: `altLens_${key}`,
      variableNames: inputs.map(({ name }) => name),
      variableComponents: inputs.map(({ components }) => components),
      outputShape: NO_SHAPE,
      outputComponent: outputComponents,
      uniforms: uniforms.map(([name]) => `${name} : i32, `).join(''),
      dispatchLayout: { x: [0] },
      dispatch: [workgroups[0], workgroups[1] ?? 1, 1],
      workgroupSize: [sizeX, sizeY, 1],
      getUserCode: () => code,
    },
    uniforms: uniforms.map(([, value]) => ({ type: 'int32', data: [value] })),
  };
}

/** Unrolled: few compilers keep an array that is indexed by a loop in registers. */
function unroll(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

const LINE_WORKGROUP = 64;

/** Neighbouring outputs along a row that one thread computes, so that it reads each input once for them. */
const ROW_OUTPUTS = 4;

/** Rows and columns of the tile that a workgroup computes of a matrix product. */
export const TILE = 32;
/** Threads a side of that workgroup: each computes four rows of four columns. */
const TILE_THREADS = TILE / 4;

/** 32-bit words that describe a cut to `resampleProgram`. */
export const CUT_WORDS = 8;

/**
 * Cuts views as `cutCrops` does: `[cuts, side, side, 3]` in [-1, 1]. `pixels` are the pictures'
 * RGBA bytes, four to a word. `cuts` holds for each cut the word at which its picture begins, the
 * picture's width and height, and the crop's left, top, width and height in sixteenths of a
 * pixel. In units of 1/(32 side) px all distances are whole numbers. GPUs are free to be off by
 * thousandths in a sine, so ours is a series (to 1e-7).
 */
export function resampleProgram(side: number, cuts: number): Program {
  return programOf({
    key: 'resample',
    inputs: [
      { name: 'pixels', components: 1 },
      { name: 'cuts', components: 1 },
    ],
    outputComponents: 1,
    uniforms: [
      ['side', side],
      ['count', cuts],
    ],
    workgroups: [Math.ceil((cuts * side * side) / LINE_WORKGROUP)],
    workgroupSize: [LINE_WORKGROUP],
    code: `
      fn overWhite(word : i32) -> vec3<f32> {
        let bits = bitcast<u32>(word);
        let alpha = f32(bits >> 24u);
        let rgb = vec3<f32>(f32(bits & 255u), f32((bits >> 8u) & 255u), f32((bits >> 16u) & 255u));
        return rgb * (alpha / 255.0) + (255.0 - alpha);
      }

      struct Reach { centre : i32, stretch : i32, first : i32, end : i32, total : f32 };

      fn sinc(x : f32) -> f32 {
        if (x == 0.0) { return 1.0; }
        let whole = floor(x + 0.5);
        let rest = ${Math.PI} * (x - whole);
        let square = rest * rest;
        let sine = rest * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 *
          (1.0 - square / 72.0 * (1.0 - square / 110.0)))));
        return select(sine, -sine, (i32(whole) & 1) == 1) / (${Math.PI} * x);
      }

      fn weightOf(reach : Reach, unit : i32, sample : i32) -> f32 {
        let apart = abs(sample * unit + unit / 2 - reach.centre);
        if (apart >= ${LOBES} * reach.stretch) { return 0.0; }
        let x = f32(apart) / f32(reach.stretch);
        return sinc(x) * sinc(x / ${LOBES}.0);
      }

      fn reachOf(output : i32, start : i32, length : i32, size : i32, unit : i32) -> Reach {
        var reach : Reach;
        reach.centre = start * (unit / 16) + (2 * output + 1) * length;
        reach.stretch = max(unit, 2 * abs(length));
        let radius = ${LOBES} * reach.stretch;
        reach.first = max(0, (reach.centre - radius + unit / 2) / unit);
        reach.end = min(size, (reach.centre + radius + unit / 2) / unit);
        for (var sample = reach.first; sample < reach.end; sample++) {
          reach.total += weightOf(reach, unit, sample);
        }
        return reach;
      }

      fn main(index : i32) {
        let side = uniforms.side;
        let cut = index / (side * side);
        if (cut >= uniforms.count) { return; }
        let x = index % side;
        let y = (index / side) % side;
        let unit = 32 * side;
        let entry = cut * ${CUT_WORDS};
        let picture = cuts[entry];
        let width = cuts[entry + 1];
        let across = reachOf(x, cuts[entry + 3], cuts[entry + 5], width, unit);
        let down = reachOf(y, cuts[entry + 4], cuts[entry + 6], cuts[entry + 2], unit);
        var sum = vec3<f32>(0.0);
        for (var row = down.first; row < down.end; row++) {
          var rowSum = vec3<f32>(0.0);
          for (var column = across.first; column < across.end; column++) {
            rowSum += weightOf(across, unit, column) * overWhite(pixels[picture + row * width + column]);
          }
          sum += (weightOf(down, unit, row) / down.total) * (rowSum / across.total);
        }
        sum = clamp(sum / 127.5 - 1.0, vec3<f32>(-1.0), vec3<f32>(1.0));
        result[index * 3] = sum.x;
        result[index * 3 + 1] = sum.y;
        result[index * 3 + 2] = sum.z;
      }
    `,
  });
}

export interface SquareLayer {
  cuts: number;
  inputSide: number;
  outputSide: number;
  /** Of the output. */
  channels: number;
  stride: 1 | 2;
  /** Pixels of zeros before the first row and column; as many after as the output needs. */
  padding: number;
}

function squareUniforms({
  cuts,
  inputSide,
  outputSide,
  channels,
  padding,
}: SquareLayer): Uniform[] {
  return [
    ['count', cuts],
    ['inputSide', inputSide],
    ['outputSide', outputSide],
    ['fours', channels / 4],
    ['padding', padding],
  ];
}

function rowWorkgroups({ cuts, outputSide, channels }: SquareLayer): [number] {
  const threads = cuts * outputSide * Math.ceil(outputSide / ROW_OUTPUTS) * (channels / 4);
  return [Math.ceil(threads / LINE_WORKGROUP)];
}

/** Where a thread of a 3x3 layer works: `cut`, row `y`, the columns from `x` on, and the four channels `four`. */
const ROW_POSITION = `
        let fours = uniforms.fours;
        let groups = (uniforms.outputSide + ${ROW_OUTPUTS - 1}) / ${ROW_OUTPUTS};
        let four = index % fours;
        let x = (index / fours) % groups * ${ROW_OUTPUTS};
        let y = (index / (fours * groups)) % uniforms.outputSide;
        let cut = index / (fours * groups * uniforms.outputSide);
        if (cut >= uniforms.count) { return; }
        let side = uniforms.inputSide;
        ${unroll(ROW_OUTPUTS, (i) => `var sum${i} = bias[four];`)}`;

const ROW_WRITE = `
        let place = ((cut * uniforms.outputSide + y) * uniforms.outputSide + x) * fours + four;
        ${unroll(
          ROW_OUTPUTS,
          (i) => `if (x + ${i} < uniforms.outputSide) {
            result[place + ${i} * fours] = clamp(sum${i}, vec4<f32>(0.0), vec4<f32>(6.0));
          }`,
        )}`;

/** The model's first layer: 3x3 over RGB, plus bias, ReLU6. Kernel `[3, 3, 3, channels]`. */
export function stemProgram(layer: SquareLayer): Program {
  const { stride } = layer;
  const columns = stride * (ROW_OUTPUTS - 1) + 3;
  return programOf({
    key: `stem_${stride}`,
    inputs: [
      { name: 'source', components: 1 },
      { name: 'kernel', components: 4 },
      { name: 'bias', components: 4 },
    ],
    outputComponents: 4,
    uniforms: squareUniforms(layer),
    workgroups: rowWorkgroups(layer),
    workgroupSize: [LINE_WORKGROUP],
    code: `
      fn main(index : i32) {
        ${ROW_POSITION}
        for (var row = 0; row < 3; row++) {
          let inputY = y * ${stride} + row - uniforms.padding;
          if (inputY < 0 || inputY >= side) { continue; }
          let inputX = x * ${stride} - uniforms.padding;
          let inputPlace = ((cut * side + inputY) * side + inputX) * 3;
          ${unroll(
            columns,
            (i) => `var pixel${i} = vec3<f32>(0.0);
          if (inputX + ${i} >= 0 && inputX + ${i} < side) {
            let at = inputPlace + ${i * 3};
            pixel${i} = vec3<f32>(source[at], source[at + 1], source[at + 2]);
          }`,
          )}
          ${unroll(
            3,
            (column) => `{
            let at = (row * 3 + ${column}) * 3 * fours + four;
            let red = kernel[at];
            let green = kernel[at + fours];
            let blue = kernel[at + 2 * fours];
            ${unroll(ROW_OUTPUTS, (i) => {
              const pixel = `pixel${i * stride + column}`;
              return `sum${i} += red * ${pixel}.x + green * ${pixel}.y + blue * ${pixel}.z;`;
            })}
          }`,
          )}
        }
        ${ROW_WRITE}
      }
    `,
  });
}

/** A depthwise layer: 3x3, plus bias, ReLU6. Kernel `[3, 3, channels, 1]`. */
export function depthwiseProgram(layer: SquareLayer): Program {
  const { stride } = layer;
  const columns = stride * (ROW_OUTPUTS - 1) + 3;
  return programOf({
    key: `depthwise_${stride}`,
    inputs: [
      { name: 'source', components: 4 },
      { name: 'kernel', components: 4 },
      { name: 'bias', components: 4 },
    ],
    outputComponents: 4,
    uniforms: squareUniforms(layer),
    workgroups: rowWorkgroups(layer),
    workgroupSize: [LINE_WORKGROUP],
    code: `
      fn main(index : i32) {
        ${ROW_POSITION}
        for (var row = 0; row < 3; row++) {
          let inputY = y * ${stride} + row - uniforms.padding;
          if (inputY < 0 || inputY >= side) { continue; }
          let inputX = x * ${stride} - uniforms.padding;
          let inputPlace = ((cut * side + inputY) * side + inputX) * fours + four;
          ${unroll(
            columns,
            (i) => `var pixel${i} = vec4<f32>(0.0);
          if (inputX + ${i} >= 0 && inputX + ${i} < side) { pixel${i} = source[inputPlace + ${i} * fours]; }`,
          )}
          let left = kernel[row * 3 * fours + four];
          let middle = kernel[(row * 3 + 1) * fours + four];
          let right = kernel[(row * 3 + 2) * fours + four];
          ${unroll(ROW_OUTPUTS, (i) => {
            const at = i * stride;
            return `sum${i} += left * pixel${at} + middle * pixel${at + 1} + right * pixel${at + 2};`;
          })}
        }
        ${ROW_WRITE}
      }
    `,
  });
}

export interface MatrixProduct {
  rows: number;
  depth: number;
  columns: number;
}

/**
 * A pointwise layer: the matrix product of all pixels of all cuts with the kernel `[depth, columns]`,
 * plus bias, ReLU6. Tiles in workgroup memory, four times four values a thread, as tfjs's own
 * matMulPacked. `columns` is a multiple of `TILE`, `depth` of half of it.
 */
export function pointwiseProgram({ rows, depth, columns }: MatrixProduct): Program {
  const tileDepth = depth % TILE === 0 ? TILE : TILE / 2;
  const fours = tileDepth / 4;
  const rowLoads = (TILE * fours) / (TILE_THREADS * TILE_THREADS);
  const columnLoads = tileDepth / TILE_THREADS;
  return programOf({
    key: `pointwise_${tileDepth}`,
    inputs: [
      { name: 'source', components: 4 },
      { name: 'kernel', components: 4 },
      { name: 'bias', components: 4 },
    ],
    outputComponents: 4,
    uniforms: [
      ['rows', rows],
      ['depthFours', depth / 4],
      ['columnFours', columns / 4],
    ],
    workgroups: [Math.ceil(rows / TILE), columns / TILE],
    workgroupSize: [TILE_THREADS, TILE_THREADS],
    code: `
      var<workgroup> rowTile : array<array<vec4<f32>, ${fours}>, ${TILE}>;
      var<workgroup> columnTile : array<array<vec4<f32>, ${TILE_THREADS}>, ${tileDepth}>;

      fn main(index : i32) {
        let lane = i32(localId.x);
        let band = i32(localId.y);
        let thread = i32(localIndex);
        let firstRow = i32(workgroupId.x) * ${TILE};
        let column = i32(workgroupId.y) * ${TILE_THREADS} + lane;
        let depth = uniforms.depthFours;
        let columns = uniforms.columnFours;
        let lastRow = uniforms.rows - 1;
        ${unroll(4, (i) => `var sum${i} = bias[column];`)}
        for (var start = 0; start < depth; start += ${fours}) {
          ${unroll(
            rowLoads,
            (i) => `{
            let at = thread + ${i * TILE_THREADS * TILE_THREADS};
            let row = min(firstRow + at / ${fours}, lastRow);
            rowTile[at / ${fours}][at % ${fours}] = source[row * depth + start + at % ${fours}];
          }`,
          )}
          ${unroll(
            columnLoads,
            (i) => `{
            let level = band + ${i * TILE_THREADS};
            columnTile[level][lane] = kernel[(start * 4 + level) * columns + column];
          }`,
          )}
          workgroupBarrier();
          for (var k = 0; k < ${fours}; k++) {
            ${unroll(4, (i) => `let weights${i} = columnTile[k * 4 + ${i}][lane];`)}
            ${unroll(
              4,
              (i) => `let pixel${i} = rowTile[band * 4 + ${i}][k];
            sum${i} = fma(weights0, vec4<f32>(pixel${i}.x), sum${i});
            sum${i} = fma(weights1, vec4<f32>(pixel${i}.y), sum${i});
            sum${i} = fma(weights2, vec4<f32>(pixel${i}.z), sum${i});
            sum${i} = fma(weights3, vec4<f32>(pixel${i}.w), sum${i});`,
            )}
          }
          workgroupBarrier();
        }
        let row = firstRow + band * 4;
        ${unroll(
          4,
          (i) => `if (row + ${i} <= lastRow) {
          result[(row + ${i}) * columns + column] = clamp(sum${i}, vec4<f32>(0.0), vec4<f32>(6.0));
        }`,
        )}
      }
    `,
  });
}

/** The mean over each cut's pixels: `[cuts, pixels, channels]` to `[cuts, channels]`. */
export function meanProgram(cuts: number, pixels: number, channels: number): Program {
  return programOf({
    key: 'mean',
    inputs: [{ name: 'source', components: 4 }],
    outputComponents: 4,
    uniforms: [
      ['count', cuts],
      ['pixels', pixels],
      ['fours', channels / 4],
    ],
    workgroups: [Math.ceil((cuts * channels) / 4 / LINE_WORKGROUP)],
    workgroupSize: [LINE_WORKGROUP],
    code: `
      fn main(index : i32) {
        let fours = uniforms.fours;
        let cut = index / fours;
        if (cut >= uniforms.count) { return; }
        var sum = vec4<f32>(0.0);
        for (var pixel = 0; pixel < uniforms.pixels; pixel++) {
          sum += source[(cut * uniforms.pixels + pixel) * fours + index % fours];
        }
        result[index] = sum / f32(uniforms.pixels);
      }
    `,
  });
}

/** Cuts that a workgroup of the last layer takes together, so that it reads the kernel once for them. */
const CLASSIFIER_ROWS = 4;
/** Columns that it computes, and the threads that share a column's depth. */
const CLASSIFIER_SIDE = 16;

/** The last layer: few rows, many columns, kernel `[depth, columns]`, plus bias. */
export function classifierProgram({ rows, depth, columns }: MatrixProduct): Program {
  return programOf({
    key: 'classifier',
    inputs: [
      { name: 'source', components: 1 },
      { name: 'kernel', components: 1 },
      { name: 'bias', components: 1 },
    ],
    outputComponents: 1,
    uniforms: [
      ['rows', rows],
      ['depth', depth],
      ['columns', columns],
    ],
    workgroups: [Math.ceil(rows / CLASSIFIER_ROWS), Math.ceil(columns / CLASSIFIER_SIDE)],
    workgroupSize: [CLASSIFIER_SIDE, CLASSIFIER_SIDE],
    code: `
      var<workgroup> partialSums : array<array<vec4<f32>, ${CLASSIFIER_SIDE}>, ${CLASSIFIER_SIDE}>;

      fn main(index : i32) {
        let slice = i32(localId.y);
        let column = i32(workgroupId.y) * ${CLASSIFIER_SIDE} + i32(localId.x);
        let firstRow = i32(workgroupId.x) * ${CLASSIFIER_ROWS};
        let last = uniforms.rows - 1;
        let starts = min(vec4<i32>(firstRow) + vec4<i32>(0, 1, 2, 3), vec4<i32>(last)) * uniforms.depth;
        var sum = vec4<f32>(0.0);
        if (column < uniforms.columns) {
          for (var level = slice; level < uniforms.depth; level += ${CLASSIFIER_SIDE}) {
            let values = vec4<f32>(source[starts.x + level], source[starts.y + level], source[starts.z + level], source[starts.w + level]);
            sum = fma(values, vec4<f32>(kernel[level * uniforms.columns + column]), sum);
          }
        }
        partialSums[localId.y][localId.x] = sum;
        workgroupBarrier();
        if (slice < ${CLASSIFIER_ROWS} && firstRow + slice <= last && column < uniforms.columns) {
          var total = bias[column];
          for (var i = 0; i < ${CLASSIFIER_SIDE}; i++) { total += partialSums[i][localId.x][slice]; }
          result[(firstRow + slice) * uniforms.columns + column] = total;
        }
      }
    `,
  });
}
