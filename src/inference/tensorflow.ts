/**
 * All that runs on TensorFlow.js, reached through this one module: a context that needs none of it can
 * do without its evaluation.
 */
export { openCpuSession } from './backends/cpu/session';
export { openWebglSession } from './backends/webgl/session';
export { openWebgpuSession } from './backends/webgpu/session';
export { countTensors } from './graph-session';
