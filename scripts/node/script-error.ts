/** A failure of a script that a person can act on. `code` is stable, `message` says what to do. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Prints a script's failure for a person: one line where it is an expected one, the stack where it is not. */
export function reportScriptFailure(error: unknown): void {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}

/** The exit status of a command that failed, which is told: 2, with its usage, for wrong usage, else 1. */
export function failedStatus(error: unknown, usage: string): 1 | 2 {
  reportScriptFailure(error);
  if (!(error instanceof ScriptError && error.code === 'bad-usage')) return 1;
  process.stderr.write(usage);
  return 2;
}
