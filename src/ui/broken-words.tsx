import type { EngineStatus } from '../core/engine-status';
import { text } from '../platform/i18n';

/** Says in which languages labels should be and are not: their words could not be read. */
export function BrokenWords({ brokenWords }: Pick<EngineStatus, 'brokenWords'>) {
  if (brokenWords.length === 0) return null;
  const language = text('popup_language');
  const names = new Intl.DisplayNames(language, { type: 'language' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return (
    <p class="wrong broken-words" role="status">
      {text('words_broken', list.format(brokenWords.map((each) => names.of(each) ?? each)))}{' '}
      {text('remedy_model_altered')}
    </p>
  );
}
