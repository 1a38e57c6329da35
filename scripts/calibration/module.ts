import type { Calibration } from '../../src/core/calibration';
import { MODEL_VARIANTS, type ModelVariant, type ViewCount } from '../../src/core/prediction';

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

/** The text of src/core/calibration.generated.ts. */
export function calibrationModule(
  fitted: readonly (readonly [ModelVariant, ViewCount, Calibration])[],
): string {
  const variants = MODEL_VARIANTS.map((variant) => {
    const byViews = fitted
      .filter(([of]) => of === variant)
      .map(([, views, calibration]) => `    ${views}: ${constants(calibration)},`);
    return `  ${variant}: {\n${byViews.join('\n')}\n  },`;
  });
  return `// Fitted and written by \`npm run calibrate -- --write\` on the development photos.
import type { Calibration } from './calibration';
import type { ModelVariant, ViewCount } from './prediction';

/** By model and number of views. */
export const CALIBRATION: Record<ModelVariant, Record<ViewCount, Calibration>> = {
${variants.join('\n')}
};
`;
}
