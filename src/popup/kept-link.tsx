import { useEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { listReports } from '../platform/report-store';
import { openTab, packageAddress } from '../platform/tabs';

/** The way to the reports that are kept on the device; nothing where there are none. */
export function KeptLink() {
  const [hasSome, setHasSome] = useState(false);
  useEffect(() => {
    listReports().then(
      ({ length }) => {
        setHasSome(length > 0);
      },
      () => undefined, // None can be opened then.
    );
  }, []);
  if (!hasSome) return null;
  return (
    <p>
      <button
        type="button"
        class="link"
        onClick={() => void openTab(packageAddress('src/report/index.html'))}
      >
        {text('report_kept')}
      </button>
    </p>
  );
}
