import { MODEL_VARIANTS } from '../core/saying/prediction';
import { percent, text } from '../platform/i18n';
import { megabytes, modelName, wholeNumber } from '../ui/format';

/** `npm run evaluate -- --agreement --set all`: shares of the photos. */
const AGREEMENT = { photos: 560, looks: 0.846, models: 0.662 };

/** Simonyan and Zisserman 2015, table 2: 138 million numbers, as floats of four bytes. */
const VGG16 = {
  name: 'VGG16',
  bytes: 553e6,
  parameters: 138e6,
  source: 'Simonyan & Zisserman 2015, arXiv:1409.1556',
};

/** The models side by side, for the curious: how large they are, and how often looks agree. */
export function ModelComparison() {
  const language = text('popup_language');
  const models = [
    ...MODEL_VARIANTS.map((variant) => {
      return { name: modelName(variant, text), ...__MODEL_SIZES__[variant] };
    }),
    VGG16,
  ];
  return (
    <div class="field">
      <h3>{text('options_models_compared')}</h3>
      <table class="models">
        <thead>
          <tr>
            <th scope="col">{text('popup_fact_model')}</th>
            <th scope="col">{text('options_models_size')}</th>
            <th scope="col">{text('options_models_parameters')}</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ name, bytes, parameters }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{megabytes(bytes, language)}</td>
              <td>{wholeNumber(parameters, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet-text">{text('options_models_measured', VGG16.source)}</p>
      <p class="quiet-text">
        {text(
          'options_models_agreement',
          wholeNumber(AGREEMENT.photos, language),
          percent(AGREEMENT.looks),
          percent(AGREEMENT.models),
        )}
      </p>
    </div>
  );
}
