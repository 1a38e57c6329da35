import { BACKENDS, MODEL_VARIANTS } from '../../src/core/saying/prediction';
import type { Settings } from '../../src/core/settings/settings';
import { ScriptError } from './script-error';

/**
 * One of the choices, as the option `--name` gives it.
 * @throws ScriptError `bad-usage`
 */
export function choose<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw new ScriptError('bad-usage', `--${name} is ${value}; it can be ${choices.join(', ')}.`);
}

/**
 * The settings that the command line can choose, from the texts of its options; what is not given is
 * the product's default.
 * @throws ScriptError `bad-usage`
 */
export function engineChoices(given: {
  backend?: string | undefined;
  model?: string | undefined;
  views?: string | undefined;
}): Pick<Settings, 'backend' | 'variant' | 'views'> {
  const views = Number(choose('views', given.views ?? '2', ['1', '2', '3']));
  return {
    backend: choose('backend', given.backend ?? 'auto', ['auto', ...BACKENDS]),
    variant: choose('model', given.model ?? 'accurate', MODEL_VARIANTS),
    views: views === 1 || views === 2 ? views : 3,
  };
}
