/** A file with its folders, as it was dropped or chosen. */
export interface PlacedFile {
  path: string;
  file: File;
}

/** The files that were dropped, those of folders with them. */
export async function droppedFiles(dropped: DataTransfer | null): Promise<PlacedFile[]> {
  // Entries are there in the turn of the event alone.
  const entries = [...(dropped?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesOf))).flat();
}

/** The files that were chosen; of a folder with its name. */
export function chosenFiles(chosen: FileList | null): PlacedFile[] {
  return [...(chosen ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function filesOf(entry: FileSystemEntry): Promise<PlacedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => {
      (entry as FileSystemFileEntry).file(resolve, () => {
        resolve(null);
      });
    });
    return file === null ? [] : [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: PlacedFile[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([]);
      });
    });
    if (part.length === 0) return found;
    found.push(...(await Promise.all(part.map(filesOf))).flat());
  }
}
