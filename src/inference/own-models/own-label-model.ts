/** Own labels as an image classifier that plain TensorFlow.js opens, in the three files of Teachable Machine's export. */
import { CENTRE_CROP } from '../../core/look/views';
import { zipOf } from '../../core/own-models/zip-writer';
import { createLayersWriter, WEIGHTS_FILE } from '../../core/own-models/layers-writer';
import { calibrationOf } from '../../core/saying/calibration';
import type { FittedLabel } from '../../core/teaching/own-head';
import { writeHead } from '../../core/teaching/head-layers';
import { classifierOf } from '../model/classifier-weights';
import { writeMobileNet } from './mobilenet-layers';
import type { ModelFiles } from '../model/model-files';

/** Teachable Machine's pixels are x / 127 - 1, those of MobileNet x / 127.5 - 1. */
const FROM_TEACHABLE = { scale: 127 / 127.5, offset: 127 / 127.5 - 1 };

const ABOUT = [
  'Labels taught to Alt Lens, as a whole image classifier: MobileNetV1 (Google, Apache-2.0) and the labels.',
  'Input: the centre square of a picture, RGB, value / 127 - 1. Output: shares of 1, in the order of labels;',
  'the first one stands for none of them. Open it with tf.loadLayersModel.',
].join(' ');

export interface OwnLabelModelParts {
  files: Pick<ModelFiles, 'variant' | 'graph' | 'weights'> & { entry: { inputSize: number } };
  labels: readonly FittedLabel[];
  /** What output 0 is called. */
  none: string;
  /** `Date.now()` */
  madeAt: number;
}

/** Side of the square that a model is given, px: even, as the part in its middle is. */
export function imageSizeOf(inputSize: number): number {
  return 2 * Math.round(inputSize / CENTRE_CROP / 2);
}

/**
 * What fitted labels say of a picture's first view, as files by name.
 * @throws Error where the package's model lacks a layer
 */
export function ownLabelModel(parts: OwnLabelModelParts): Map<string, Uint8Array<ArrayBuffer>> {
  const { files, labels, none, madeAt } = parts;
  const { variant } = files;
  const { inputSize } = files.entry;
  const imageSize = imageSizeOf(inputSize);
  const writer = createLayersWriter([imageSize, imageSize, 3]);
  const edge = (imageSize - inputSize) / 2;
  const cropped = writer.layer('Cropping2D', [writer.input], {
    ...{ cropping: [[edge, edge] as const, [edge, edge] as const], data_format: 'channels_last' },
  });
  const seen = writeMobileNet(writer, writer.layer('Rescaling', [cropped], FROM_TEACHABLE), files);
  const { temperature } = calibrationOf(variant, 1);
  const head = { variant, labels, temperature, classifier: classifierOf(files) };
  const { model, weights } = writer.written(writeHead(writer, seen, head));
  const metadata = {
    ...{ tfjsVersion: '4.22.0', packageVersion: '0.8.5', packageName: '@teachablemachine/image' },
    ...{ timeStamp: new Date(madeAt).toISOString(), modelName: 'alt-lens-labels', imageSize },
    labels: [none, ...labels.map(({ label }) => label.name)],
    userMetadata: { madeBy: 'Alt Lens', about: ABOUT },
  };
  const text = (content: string) => new TextEncoder().encode(content);
  return new Map([
    ['model.json', text(model)],
    [WEIGHTS_FILE, weights],
    ['metadata.json', text(JSON.stringify(metadata, null, 2))],
  ]);
}

/** As `ownLabelModel`, in one zip file. */
export function zippedLabelModel(parts: OwnLabelModelParts): Uint8Array<ArrayBuffer> {
  return zipOf(ownLabelModel(parts));
}
