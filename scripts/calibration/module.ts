import type { Calibration } from '../../src/core/saying/calibration';
import type { ModelVariant } from '../../src/core/saying/prediction';
import type { Calibrations } from './fit';
import { VIEW_COUNTS } from './observe';

/** An object of numbers as source text, to three digits behind the point. */
const numbers = (values: Record<string, number>): string =>
  `{ ${Object.entries(values)
    .map(([name, value]) => `${name}: ${Number(value.toFixed(3))}`)
    .join(', ')} }`;

function constants({ temperature, truthModel, leastTruth, photoModel }: Calibration): string {
  return `{
      temperature: ${temperature},
      truthModel: ${numbers({ ...truthModel })},
      leastTruth: ${Number(leastTruth.toFixed(4))},
      photoModel: ${numbers({ ...photoModel })},
    }`;
}

/** The text of src/core/saying/calibration.generated.ts. */
export function calibrationModule(
  fitted: readonly (readonly [ModelVariant, Calibrations])[],
): string {
  const variants = fitted.map(([variant, calibrations]) => {
    const byViews = VIEW_COUNTS.map((views) => `    ${views}: ${constants(calibrations[views])},`);
    return `  ${variant}: {\n${byViews.join('\n')}\n  },`;
  });
  return `// Fitted and written by \`npm run calibrate -- --set all --write\` on the development photos.
import type { Calibration } from './calibration';
import type { ModelVariant, ViewCount } from './prediction';

/** By model and number of views. */
export const CALIBRATION: Record<ModelVariant, Record<ViewCount, Calibration>> = {
${variants.join('\n')}
};
`;
}
