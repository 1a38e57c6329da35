/**
 * All that runs on TensorFlow.js, reached through this one module: a context that needs none of it can
 * do without its evaluation.
 */
export { openCpuSession } from '../cpu/session';
export { openWebglSession } from '../webgl/session';
export { openWebgpuSession } from '../webgpu/session';
export { countTensors } from './graph-session';
