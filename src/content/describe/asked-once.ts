import type { DescribeRequest } from './describe-image';

/**
 * A request is put into the frame and sent to it as well: whichever comes first is answered, and the other
 * hears what came of it.
 */
export function askedOnce(
  describe: (request: DescribeRequest) => void,
): (request: DescribeRequest) => null {
  let asked = '';
  let failure: { error: unknown } | null = null;
  return (request) => {
    if (request.requestId !== asked) {
      asked = request.requestId;
      failure = null;
      try {
        describe(request);
      } catch (error) {
        failure = { error };
      }
    }
    if (failure !== null) throw failure.error;
    return null;
  };
}
