/**
 * PRIVACY.md as the page that stores link to. Of Markdown the few forms that the text uses; any other is an error,
 * so that nothing is shown wrong.
 */

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#22252b, #e9e7e2); --line: light-dark(#dedad0, #343943); }
body { max-width: 44rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem); background: light-dark(#fbfaf7, #16181c);
  color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2 { line-height: 1.25; }
h2 { margin-top: 2.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
li { margin-block: 0.5rem; }
code { font: 0.9em ui-monospace, monospace; }
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Emphasis and code; everything else stands for itself. */
function inline(text: string): string {
  const html = escaped(text)
    .replaceAll(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\b_([^_]+)_\b|(?<=^|[\s(])_([^_]+)_/g, '<em>$1$2</em>')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
  if (/\*\*|\]\(|!\[|`/.test(html)) throw new Error(`No form is known for: ${text}`);
  return html;
}

interface Block {
  /** Spaces before it, 0 for the document's own. */
  indent: number;
  kind: 'heading' | 'item' | 'paragraph';
  level: number;
  text: string;
}

/** Lines joined into what they belong to. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const line of markdown.split('\n')) {
    const text = line.trim();
    const indent = line.length - line.trimStart().length;
    const heading = /^(#{1,2}) (.+)$/.exec(text);
    const item = /^- (.+)$/.exec(text)?.[1];
    const last = blocks.at(-1);
    if (text === '') {
      isOpen = false;
    } else if (heading !== null) {
      const [, marks = '', title = ''] = heading;
      blocks.push({ indent: 0, kind: 'heading', level: marks.length, text: title });
      isOpen = false;
    } else if (item !== undefined) {
      blocks.push({ indent, kind: 'item', level: 0, text: item });
      isOpen = true;
    } else if (/^(?:#|>|\||\d+\. |\* |```|---)/.test(text)) {
      throw new Error(`No form is known for: ${text}`);
    } else if (isOpen && last !== undefined) {
      last.text += ` ${text}`;
    } else {
      blocks.push({ indent, kind: 'paragraph', level: 0, text });
      isOpen = true;
    }
  }
  return blocks;
}

/** The blocks of one indent from `start` on, lists and what is in their items nested. */
function render(blocks: readonly Block[], start: number, indent: number): [string, number] {
  let html = '';
  let at = start;
  for (;;) {
    const block = blocks[at];
    if (block === undefined || block.indent < indent) return [html, at];
    if (block.kind === 'item') {
      let items = '';
      for (let each = blocks[at]; each?.kind === 'item' && each.indent === block.indent;) {
        const [inner, next] = render(blocks, at + 1, block.indent + 1);
        items += `<li>${inline(each.text)}${inner}</li>\n`;
        at = next;
        each = blocks[at];
      }
      html += `<ul>\n${items}</ul>\n`;
      continue;
    }
    const tag = block.kind === 'heading' ? `h${block.level}` : 'p';
    html += `<${tag}>${inline(block.text)}</${tag}>\n`;
    at += 1;
  }
}

/**
 * The page, whole and with nothing to load.
 * @param markdown headings of two levels, paragraphs, lists in lists, strong, emphasis, code
 * @throws Error where the text uses any other form
 */
export function privacyPage(markdown: string): string {
  const blocks = blocksOf(markdown);
  const [body] = render(
    blocks.map((block) =>
      block.kind === 'heading' && block.level === 1
        ? { ...block, text: 'Alt Lens: privacy' }
        : block,
    ),
    0,
    0,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alt Lens: privacy</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`;
}
