export type AssetErrorCode =
  | 'asset-unknown' // not in assets.lock.json
  | 'asset-lock-invalid' // assets.lock.json does not have its form
  | 'asset-network' // the address could not be reached
  | 'asset-http-status' // the address answered with a status that is no success
  | 'asset-cut-off' // the download ended early on every try
  | 'asset-wrong-content'; // what came has another size or SHA-256 than the lock says

/** A failure to get an asset; the message names the file, the address and the remedy. */
export class AssetError extends Error {
  override readonly name = 'AssetError';
  readonly code: AssetErrorCode;

  constructor(code: AssetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
