/** A row of `walls.js`. */
interface Room {
  holds: string;
  rooms: string[];
  packages: string[];
  browser?: boolean;
}

/** The walls as a Markdown table, for docs/ARCHITECTURE.md. */
export function wallsTable(walls: Readonly<Record<string, Room>>): string {
  const list = (names: readonly string[]): string =>
    names.length === 0 ? '–' : names.map((name) => `\`${name}\``).join(', ');
  const rows = Object.entries(walls).map(
    ([room, { holds, rooms, packages, browser = false }]) =>
      `| \`${room}\` | ${holds} | ${rooms.length === 0 ? '–' : rooms.join(', ')} | ${list(packages)} | ${browser ? 'yes' : ''} |`,
  );
  return [
    '| Room of `src` | What is in it | May import | Packages | `browser` |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
