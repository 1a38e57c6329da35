import { CodedError, type ErrorCode, type Failure } from '../errors';

/** What can be wrong with the files of a model, or with the model in them. */
export type ModelFault = Exclude<Extract<ErrorCode, `own-model-${string}`>, 'own-model-full'>;

/** Between the file's name and what is wrong with it. */
const SEPARATOR = ': ';

/**
 * A fault of one of the files that a person brought; its message begins with the file's name.
 * @param what English, for logs and scripts
 */
export function modelFault(code: ModelFault, file: string, what: string): CodedError {
  return new CodedError(code, `${file.slice(0, 200)}${SEPARATOR}${what.slice(0, 1000)}`);
}

/** The file that a fault names. Names with the separator are cut at it. */
export function faultyFile({ message }: Pick<Failure, 'message'>): string {
  return message.split(SEPARATOR, 1)[0] ?? '';
}

/** Is it a fault of a file? Else no file is named. */
export function isModelFault(code: ErrorCode): code is ModelFault {
  return code.startsWith('own-model-') && code !== 'own-model-full';
}
