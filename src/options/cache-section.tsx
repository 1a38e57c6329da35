import { useCallback, useEffect, useState } from 'preact/hooks';

import { toFailure, type Failure } from '../core/errors';
import { askWorker } from '../messages/client';
import { failureText, text } from '../platform/i18n';
import { useAnnounce } from '../ui/announcer';
import { kilobytes } from '../ui/format';
import { DismissalsField } from './dismissals-field';
import { Section } from './fields';

interface CacheSize {
  entries: number;
  bytes: number;
}

export function CacheSection({ title }: { title: string }) {
  const [size, setSize] = useState<CacheSize | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const announce = useAnnounce();
  const language = text('popup_language');

  const measure = useCallback(async () => {
    try {
      setSize(await askWorker('getCacheSize', {}));
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error));
    }
  }, []);

  useEffect(() => {
    void measure();
  }, [measure]);

  const clear = async () => {
    try {
      await askWorker('clearCache', {});
      announce(text('options_cache_cleared'));
    } catch (error) {
      setFailure(toFailure(error));
      return;
    }
    await measure();
  };

  const count = new Intl.NumberFormat(language);
  const trouble = failure === null ? null : failureText(failure);
  return (
    <Section id="cache" title={title}>
      <div class="field">
        <p class="quiet-text">{text('options_cache_note')}</p>
        <p class="cache-size">
          {size === null
            ? text('options_loading')
            : text(
                'options_cache_size',
                count.format(size.entries),
                kilobytes(size.bytes, language),
              )}
        </p>
        {trouble !== null && (
          <p class="wrong" role="alert">
            {trouble.what} {trouble.remedy}
          </p>
        )}
        <button type="button" class="button" onClick={() => void clear()}>
          {text('options_cache_clear')}
        </button>
      </div>
      <DismissalsField />
    </Section>
  );
}
