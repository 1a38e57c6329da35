import {
  IMAGE_FILTERS,
  IMAGE_ORDERS,
  type ImageFilter,
  type ImageOrder,
  type ImageQuery,
} from '../core/report/rows';
import { text } from '../platform/i18n';
import { wholeNumber } from './format';

interface ImageFiltersProps {
  query: ImageQuery;
  counts: Record<ImageFilter, number>;
  onChange: (query: ImageQuery) => void;
}

function isOneOf<T extends string>(values: readonly T[], value: string): value is T {
  return (values as readonly string[]).includes(value);
}

/** Which images are listed: by need, by words, and in which order. */
export function ImageFilters({ query, counts, onChange }: ImageFiltersProps) {
  const language = text('popup_language');
  return (
    <div class="image-filters" role="search" aria-label={text('report_images')}>
      <label>
        <span>{text('report_filter')}</span>
        <select
          name="filter"
          value={query.filter}
          onChange={({ currentTarget: { value } }) => {
            if (isOneOf(IMAGE_FILTERS, value)) onChange({ ...query, filter: value });
          }}
        >
          {IMAGE_FILTERS.map((filter: ImageFilter) => (
            <option key={filter} value={filter}>
              {text(
                'report_filter_value',
                text(`report_filter_${filter}`),
                wholeNumber(counts[filter], language),
              )}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{text('report_order')}</span>
        <select
          name="order"
          value={query.order}
          onChange={({ currentTarget: { value } }) => {
            if (isOneOf(IMAGE_ORDERS, value)) onChange({ ...query, order: value });
          }}
        >
          {IMAGE_ORDERS.map((order: ImageOrder) => (
            <option key={order} value={order}>
              {text(`report_order_${order}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="search">
        <span>{text('report_search')}</span>
        <input
          type="search"
          name="search"
          value={query.search}
          onInput={({ currentTarget: { value } }) => {
            onChange({ ...query, search: value });
          }}
        />
      </label>
    </div>
  );
}
