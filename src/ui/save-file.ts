/** Long enough for the browser to begin reading the file. */
const KEPT_MS = 60_000;

/** Hands a text, or bytes, to the person as a file to save; nothing leaves the browser. */
export function saveFile(name: string, type: string, content: string | ArrayBuffer): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, KEPT_MS);
}
