/** Names and amounts as people read them. */
import { CPU_DEVICES } from '../core/engine-status';
import { snake } from '../core/message-key';
import type { Backend, ModelVariant } from '../core/saying/prediction';
import type { Say } from './say';

export function backendName(backend: Backend, say: Say): string {
  return say(`popup_backend_${backend}`);
}

/** What a backend runs on: the graphics driver's own name as it is. */
export function deviceName(device: string, say: Say): string {
  const cpu = CPU_DEVICES.find((each) => each === device);
  return cpu === undefined ? device : say(snake(`popup_device_${cpu}`));
}

export function modelName(variant: ModelVariant, say: Say): string {
  return say(`popup_model_${variant}`);
}

/** `2,000`, in the given language. */
export function wholeNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** `4.3 MB`, in the given language; decimal megabytes. */
export function megabytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1e6);
}

/** `31 ms` below a second, `1.2 s` from there on, in the given language. */
export function duration(milliseconds: number, language: string): string {
  const short = milliseconds < 999.5;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: short ? 'millisecond' : 'second',
    maximumFractionDigits: short ? 0 : 1,
  }).format(short ? milliseconds : milliseconds / 1000);
}

/** `12 kB` below a megabyte, `1.4 MB` from there on, in the given language; decimal. */
export function kilobytes(bytes: number, language: string): string {
  if (bytes >= 999_500) return megabytes(bytes, language);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: bytes < 9950 ? 1 : 0,
  }).format(bytes / 1000);
}
