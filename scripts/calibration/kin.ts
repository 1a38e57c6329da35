/** How alike each class and its closest relative are to the model: from its weights alone, of no photo. */
import type { Classifier } from '../../src/core/where/feature-map';
import { weightsOf } from '../../src/core/where/feature-map';
import { CLASS_COUNT } from '../../src/core/saying/prediction';
import { toBase64 } from '../../src/core/teaching/base64';

/** The weights of each class without what all classes have in common, one long. */
function directionsOf(classifier: Classifier): Float64Array[] {
  const weights = Array.from({ length: CLASS_COUNT }, (_, classIndex) =>
    Float64Array.from(weightsOf(classifier, classIndex)),
  );
  const mean = new Float64Array(weights[0]?.length ?? 0);
  for (const each of weights) {
    each.forEach((value, place) => {
      mean[place] = (mean[place] ?? 0) + value / CLASS_COUNT;
    });
  }
  return weights.map((each) => {
    const own = each.map((value, place) => value - (mean[place] ?? 0));
    const length = Math.hypot(...own);
    return own.map((value) => value / length);
  });
}

/** For each class the highest cosine with another class's weights, 0-1 as a byte. */
export function kinOf(classifier: Classifier): Uint8Array {
  const directions = directionsOf(classifier);
  const closest = new Float64Array(CLASS_COUNT);
  directions.forEach((one, first) => {
    for (let second = first + 1; second < CLASS_COUNT; second += 1) {
      const other = directions[second] ?? one;
      let cosine = 0;
      for (let place = 0; place < one.length; place += 1) {
        cosine += (one[place] ?? 0) * (other[place] ?? 0);
      }
      closest[first] = Math.max(closest[first] ?? 0, cosine);
      closest[second] = Math.max(closest[second] ?? 0, cosine);
    }
  });
  return Uint8Array.from(closest, (cosine) => Math.round(255 * Math.min(1, cosine)));
}

/** The text of src/core/saying/kin.generated.ts. */
export function kinModule(kin: Uint8Array): string {
  return `// Written by \`npm run calibrate -- --set all --write\`, of the accurate model's weights.

/** By class the cosine of its weights with its closest relative's, 255 for 1, as base64: \`truth.ts\`. */
export const PACKED_KIN =
  '${toBase64(kin)}';
`;
}
