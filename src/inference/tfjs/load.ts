import type * as tensorflow from './tensorflow';

export type Tensorflow = typeof tensorflow;

/** Gives what runs on TensorFlow.js, evaluated when it is first asked for. @throws where it cannot be read */
export type LoadTensorflow = () => Tensorflow | Promise<Tensorflow>;
