declare module '*?script&iife' {
  /** File name of the built classic script, from the extension's root. */
  const fileName: string;
  export default fileName;
}
