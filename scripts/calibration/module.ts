import type { Calibration } from '../../src/core/saying/calibration';
import type { ModelVariant } from '../../src/core/saying/prediction';
import type { Calibrations } from './fit';

function constants({ temperature, thresholds, photoModel }: Calibration): string {
  const { bias, texture, softness, palette, asleep } = photoModel;
  const weights = Object.entries({ bias, texture, softness, palette, asleep })
    .map(([name, value]) => `${name}: ${Number(value.toFixed(3))}`)
    .join(', ');
  return `{
      temperature: ${temperature},
      thresholds: { leaf: ${thresholds.leaf}, kind: ${thresholds.kind} },
      photoModel: { ${weights} },
    }`;
}

/** The text of src/core/saying/calibration.generated.ts. */
export function calibrationModule(
  fitted: readonly (readonly [ModelVariant, Calibrations])[],
): string {
  const variants = fitted.map(([variant, calibrations]) => {
    const byViews = Object.entries(calibrations).map(
      ([views, calibration]) => `    ${views}: ${constants(calibration)},`,
    );
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
