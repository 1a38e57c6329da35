import { askForAccess } from '../platform/access';
import { text } from '../platform/i18n';

/** `https://example.org/*` is read as `example.org`. */
function hostOf(pattern: string): string {
  return pattern.replace(/^[^/]*\/\//, '').replace(/\/\*$/, '');
}

/** One button: the press that the browser's own question wants. @param origins match patterns */
export function AccessPage({ origins }: { origins: readonly string[] }) {
  const ask = (): void => {
    // Whoever opened the window sees that it is closed, and what was given.
    void askForAccess(origins).finally(() => {
      window.close();
    });
  };
  const sites = origins.map(hostOf).join(', ');
  return (
    <>
      <h1>{text('popup_site_needs_always', sites)}</h1>
      <button type="button" class="button strong" onClick={ask}>
        {text('popup_access_give', sites)}
      </button>
    </>
  );
}
