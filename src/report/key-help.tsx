import { text } from '../platform/i18n';
import { KEY_HELP } from './keys';

/** The keys of the page, and what each of them does. */
export function KeyHelp() {
  return (
    <details class="keys" open>
      <summary>{text('report_keys')}</summary>
      <ul>
        {KEY_HELP.map(({ keys, text: help }) => (
          <li key={help}>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}{' '}
            {text(help)}
          </li>
        ))}
      </ul>
    </details>
  );
}
