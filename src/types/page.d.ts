/** The page that failures are reported on, by the build from package.json; null where the project names none. */
declare const __ISSUES__: string | null;

/** Of the compiled models, by the build: bytes in the package, numbers that were learned. */
declare const __MODEL_SIZES__: Record<'accurate' | 'fast', { bytes: number; parameters: number }>;

declare module '*.css' {}

declare module '*.css?inline' {
  const text: string;
  export default text;
}
