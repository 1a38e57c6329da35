import { useEffect, useState } from 'preact/hooks';

import { text } from '../platform/i18n';
import { openTab, packageAddress } from '../platform/tabs';

/** The way to the reports that are kept on the device; nothing where there never was one. */
export function KeptLink() {
  const [hasSome, setHasSome] = useState(false);
  useEffect(() => {
    // The database is there from the first one on; to read it would load its code with every popup.
    indexedDB.databases().then(
      (databases) => {
        setHasSome(databases.some(({ name }) => name === 'reports'));
      },
      () => undefined, // None can be opened then.
    );
  }, []);
  if (!hasSome) return null;
  return (
    <button
      type="button"
      class="link"
      onClick={() => void openTab(packageAddress('src/report/index.html'))}
    >
      {text('report_kept')}
    </button>
  );
}
