import type { SiteRule } from '../messages/protocol';
import { text } from '../platform/i18n';
import { CrossIcon } from '../ui/drawings';
import { hasAccess, type SiteAccess } from './site-access';
import type { SiteRow } from './site-list';

interface SiteTableProps {
  rows: readonly SiteRow[];
  access: SiteAccess | null;
  onRule: (origin: string, rule: SiteRule) => void;
  onGive: (origin: string) => void;
  onRemove: (origin: string) => void;
}

const RULES = ['always', 'never', 'default'] as const;

export function SiteTable({ rows, access, onRule, onGive, onRemove }: SiteTableProps) {
  return (
    <table class="sites">
      <thead>
        <tr>
          <th scope="col">{text('options_site')}</th>
          <th scope="col">{text('options_site_rule')}</th>
          <th scope="col">{text('options_site_access')}</th>
          <th scope="col">
            <span class="listeners-only">{text('options_site_remove')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ origin, rule }) => (
          <tr key={origin}>
            <th scope="row">
              <bdi dir="ltr">{origin}</bdi>
            </th>
            <td>
              <select
                aria-label={text('options_rule_for', origin)}
                value={rule}
                onChange={({ currentTarget }) => {
                  const chosen = RULES.find((each) => each === currentTarget.value);
                  // What is stored decides: where access is refused, the choice goes back.
                  currentTarget.value = rule;
                  if (chosen !== undefined) onRule(origin, chosen);
                }}
              >
                {RULES.map((each) => (
                  <option key={each} value={each}>
                    {text(`options_rule_${each}`)}
                  </option>
                ))}
              </select>
            </td>
            <td>
              <Access access={access} origin={origin} rule={rule} onGive={onGive} />
            </td>
            <td>
              <button
                type="button"
                class="button icon"
                aria-label={text('options_remove', origin)}
                title={text('options_remove', origin)}
                onClick={() => {
                  onRemove(origin);
                }}
              >
                <CrossIcon />
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AccessProps {
  access: SiteAccess | null;
  origin: string;
  rule: SiteRule;
  onGive: (origin: string) => void;
}

function Access({ access, origin, rule, onGive }: AccessProps) {
  if (access === null) return null;
  if (access.all) return text('options_access_with_all');
  if (hasAccess(access, origin)) return text('options_access_given');
  if (rule === 'never') return text('options_access_not_needed');
  return (
    <button
      type="button"
      class="button"
      aria-label={text('options_access_give_to', origin)}
      onClick={() => {
        onGive(origin);
      }}
    >
      {text('options_access_give')}
    </button>
  );
}
