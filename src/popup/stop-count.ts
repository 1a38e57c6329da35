import type { Failure } from '../core/errors';

/**
 * The background is started again by the next question: only one that it was stopped in after another is
 * a problem for whoever looks.
 */
export class StopCount {
  #stops = 0;

  /** Since the last answer, was the background stopped, and nothing worse? */
  get isRestarting(): boolean {
    return this.#stops > 0;
  }

  /** A question failed. @returns whether that is a problem yet */
  isProblem({ code }: Failure): boolean {
    if (code !== 'worker-stopped') return true;
    this.#stops += 1;
    return this.#stops > 1;
  }

  answered(): void {
    this.#stops = 0;
  }
}
