import { CodedError } from '../core/errors';

/**
 * Reads a file of the package by its path, from whatever context of the extension.
 * @throws CodedError `model-missing`
 */
export async function fetchPackageFile(path: string): Promise<ArrayBuffer> {
  const response = await fetch(`/${path}`).catch(() => null);
  if (response?.ok !== true)
    throw new CodedError('model-missing', `${path} is not in the package.`);
  return await response.arrayBuffer();
}
