import type { ComponentChildren } from 'preact';

import { imageKey, type ReportImage } from '../core/report/page-report';
import { text } from '../platform/i18n';
import { ImageFilters } from './image-filters';
import type { ImageListState } from './use-image-list';
import { VirtualList } from './virtual-list';

/** What a row must know of its place in the list. */
export interface RowState {
  isOpen: boolean;
  tabIndex: 0 | -1;
  onToggle: () => void;
}

interface ImageListProps {
  list: ImageListState;
  rowHeightRem: number;
  /** What scrolls; see `VirtualList`. */
  scrolls?: 'itself' | 'page';
  /** One element with `data-row` takes the focus. */
  renderRow: (image: ReportImage, state: RowState) => ComponentChildren;
  /** What is under the open row. */
  renderDetails: (image: ReportImage) => ComponentChildren;
}

/** The images of a report, to filter, to search and to go through. */
export function ImageList(props: ImageListProps) {
  const { list, rowHeightRem, scrolls, renderRow, renderDetails } = props;
  const { query, setQuery, counts, images, activeKey, openKey, activate, toggle } = list;
  return (
    <>
      <ImageFilters query={query} counts={counts} onChange={setQuery} />
      {images.length === 0 ? (
        <p class="quiet-text">{text('report_none_found')}</p>
      ) : (
        <VirtualList
          items={images}
          keyOf={imageKey}
          rowHeightRem={rowHeightRem}
          scrolls={scrolls}
          label={text('report_images')}
          activeKey={activeKey}
          onActive={activate}
          openKey={openKey}
          renderRow={(image, tabIndex) =>
            renderRow(image, {
              isOpen: imageKey(image) === openKey,
              tabIndex,
              onToggle: () => {
                toggle(image);
              },
            })
          }
          renderDetails={renderDetails}
        />
      )}
    </>
  );
}
