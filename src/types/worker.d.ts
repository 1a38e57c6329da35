/** Filled in by the build from build/models/index.json. */
declare const __MODELS__: import('../inference/engine').ModelManifest;

declare module '*?script&iife' {
  /** File name of the built classic script, from the extension's root. */
  const fileName: string;
  export default fileName;
}
