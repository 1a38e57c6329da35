import { useState } from 'preact/hooks';

import { snake } from '../core/message-key';
import type { Settings, SettingName } from '../core/settings/settings';
import {
  readSettingsFile,
  settingsFileText,
  type FileProblem,
} from '../core/settings/settings-file';
import { text } from '../platform/i18n';
import { saveFile } from '../ui/save-file';
import { FileButton } from './fields';
import type { Changes } from './live-settings';

interface SettingsFileRowProps {
  fileName: string;
  settings: Settings;
  /** Those that the file has, and that are taken from one. */
  names: readonly SettingName[];
  exportLabel: string;
  importName: string;
  importLabel: string;
  /** What a file says, where one could be read; checked by the worker. */
  onRead: (changes: Changes) => void;
}

/** Settings to a file and from a file; where one cannot be read, why. */
export function SettingsFileRow(props: SettingsFileRowProps) {
  const { fileName, settings, names, exportLabel, importName, importLabel, onRead } = props;
  const [problem, setProblem] = useState<FileProblem | null>(null);
  return (
    <>
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => {
            saveFile(fileName, 'application/json', settingsFileText(settings, names));
          }}
        >
          {exportLabel}
        </button>
        <FileButton
          name={importName}
          label={importLabel}
          onFile={(content) => {
            const file = readSettingsFile(content, names);
            setProblem(file.ok ? null : file.problem);
            if (file.ok) onRead(file.changes);
          }}
        />
      </div>
      <p class="wrong" role="alert">
        {problem === null ? '' : text(snake(`options_import_${problem}`))}
      </p>
    </>
  );
}
