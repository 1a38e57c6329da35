import { labelOf } from '../core/saying/labels';
import { LISTENER_MODES } from '../core/settings/setting-values';
import type { Settings } from '../core/settings/settings';
import { nodeOf } from '../core/saying/taxonomy';
import type { Words } from '../core/saying/voice';
import { snake } from '../core/message-key';
import { text, type MessageKey } from '../platform/i18n';
import { Choices, Section } from './fields';
import type { Changes } from './live-settings';

interface AltTextSectionProps {
  title: string;
  settings: Settings;
  words: Words;
  onChange: (changes: Changes) => void;
}

export function AltTextSection({ title, settings, words, onChange }: AltTextSectionProps) {
  return (
    <Section id="alt-text" title={title}>
      <Choices
        name="listenerMode"
        legend={text('options_setting_listenerMode')}
        note={text('options_listener_note')}
        value={settings.listenerMode}
        choices={LISTENER_MODES.map((value) => {
          const key = snake(`options_listener_${value}`);
          return { value, label: text(key), note: text(`${key}_note`) };
        })}
        onChoose={(listenerMode) => {
          onChange({ listenerMode });
        }}
      />
      <WordingPreview words={words} />
    </Section>
  );
}

/** A class and a kind, to show how sure words and careful words differ. */
const EXAMPLES = ['n02123045', 'n02084071'];

interface Wording {
  key: MessageKey;
  words: string;
}

/** @throws Error for a node that is never said */
function wordings(synset: string, { labelOf: named, hintText, guessText, draftText }: Words) {
  const node = nodeOf(synset) ?? -1;
  const label = named(node);
  if (label === undefined) throw new Error(`No label for ${synset}.`);
  const said: Wording = { key: 'options_wording_heard', words: hintText(label) };
  // Kinds are said when they are sure; a guess is always at a class. Which is a kind is told in English.
  const seen: Wording[] =
    labelOf(node)?.isKind === true
      ? []
      : [{ key: 'options_wording_guess', words: guessText(label) }];
  return [said, ...seen, { key: 'options_wording_draft' as const, words: draftText(label) }];
}

/** How the same label reads where it is heard, where it is a guess, and where an author copies it. */
function WordingPreview({ words: spoken }: { words: Words }) {
  return (
    <div class="field">
      <h3>{text('options_wording_title')}</h3>
      <p class="quiet-text">{text('options_wording_note')}</p>
      {EXAMPLES.map((synset) => (
        <dl key={synset} class="wordings">
          {wordings(synset, spoken).map(({ key, words }) => (
            <div key={key}>
              <dt>{text(key)}</dt>
              <dd lang={spoken.lang} dir="auto">
                {words}
              </dd>
            </div>
          ))}
        </dl>
      ))}
    </div>
  );
}
