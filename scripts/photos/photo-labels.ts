import { ScriptError } from '../node/script-error';

/** A photo and what it shows, by a person's word. */
export interface LabelledPhoto {
  file: string;
  /** ImageNet-1k class index, 0-999. */
  classIndex: number;
  synset: string;
}

/** The fields of one CSV line (RFC 4180: quoted fields hold commas, `""` is a quote). */
function splitLine(line: string): string[] {
  const fields: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return fields;
}

/** The rows of a CSV with a header line, each as its fields by lower-case column name. Empty lines are left out. */
export function parseCsvRows(csv: string): Record<string, string>[] {
  const [header = '', ...lines] = csv.split(/\r?\n/);
  const columns = splitLine(header).map((name) => name.trim().toLowerCase());
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const fields = splitLine(line);
      return Object.fromEntries(columns.map((column, place) => [column, fields[place] ?? '']));
    });
}

/**
 * Reads a CSV with a header line and at least the columns `file`, `class_index` (0-999) and `synset`;
 * others are ignored.
 * @throws ScriptError `labels-invalid`, naming the photo's place
 */
export function parsePhotoLabels(csv: string): LabelledPhoto[] {
  return parseCsvRows(csv).map((row, index) => {
    const { file, class_index: classIndex, synset } = row;
    if (file === undefined || classIndex === undefined || synset === undefined) {
      throw new ScriptError(
        'labels-invalid',
        'The labels need the columns file, class_index and synset.',
      );
    }
    const isClass = /^\d{1,3}$/.test(classIndex);
    if (file === '' || !isClass || !/^n\d{8}$/.test(synset)) {
      throw new ScriptError(
        'labels-invalid',
        `Photo ${index + 1} of the labels is not valid: ${file}, ${classIndex}, ${synset}`,
      );
    }
    return { file, classIndex: Number(classIndex), synset };
  });
}
