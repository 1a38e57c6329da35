/** The page that failures are reported on, by the build from package.json; null where the project names none. */
declare const __ISSUES__: string | null;

declare module '*.css' {}

declare module '*.css?inline' {
  const text: string;
  export default text;
}
