import ts from 'typescript';

/** A place in a script that may not be there. */
export interface Finding {
  what: string;
  /** The code around it, one line. */
  near: string;
}

const PAGE_GLOBALS = new Set(['document', 'window']);

/**
 * Page-only code of TensorFlow.js that stays in the bundle but is never called in a service worker,
 * known by a text in the function that holds it.
 */
const UNREACHED: readonly { marker: string; reason: string }[] = [
  { marker: 'window.localStorage', reason: 'the localStorage model store: we load from memory' },
  { marker: 'Browser downloads are not supported', reason: 'saving a model as a download' },
  {
    marker: 'global.screen==null',
    reason: 'the memory guess of WebGPU, behind a test for a screen',
  },
  {
    marker: 'WILL_READ_FREQUENTLY_FOR_GPU',
    reason: 'pixels of elements: models are given numbers',
  },
  { marker: 'WEBGPU_USE_PROFILE_TOOL', reason: 'the WebGPU profiler, off unless its flag is set' },
];

function excerpt(text: string, node: ts.Node): string {
  const start = node.getStart();
  return text.slice(Math.max(0, start - 60), node.getEnd() + 60).replaceAll(/\s+/g, ' ');
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('bundle.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

/** Is the identifier a name in its scope, not a property or a key? */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent))
    return parent.name !== node;
  return !ts.isPropertyDeclaration(parent);
}

/** Is it the function that all of a classic script lies in, called where it stands? */
function isScriptWrapper(node: ts.Node): boolean {
  let called = node.parent;
  while (ts.isParenthesizedExpression(called)) called = called.parent;
  return (
    ts.isCallExpression(called) &&
    ts.isExpressionStatement(called.parent) &&
    ts.isSourceFile(called.parent.parent)
  );
}

/** From the innermost outwards. What lies in a script's wrapper alone is in none: it runs at the start. */
function enclosingFunctions(node: ts.Node): ts.Node[] {
  const functions: ts.Node[] = [];
  for (let each = node.parent; !ts.isSourceFile(each); each = each.parent) {
    if (ts.isFunctionLike(each) && !isScriptWrapper(each)) functions.push(each);
  }
  return functions;
}

/** Does a function around the use ask `typeof <name>` before it? */
function isGuarded(node: ts.Identifier, functions: readonly ts.Node[]): boolean {
  return functions.some((each) => {
    let isAsked = false;
    walk(each, (inner) => {
      if (
        ts.isTypeOfExpression(inner) &&
        ts.isIdentifier(inner.expression) &&
        inner.expression.text === node.text &&
        inner.getStart() < node.getStart()
      ) {
        isAsked = true;
      }
    });
    return isAsked;
  });
}

/**
 * What would break in a service worker: `import()` anywhere, and `document` or `window` where the
 * code does not ask first whether they exist. Uses outside functions would stop the worker from
 * starting; the ones inside are allowed only where they are known to be out of reach.
 */
export function findPageOnlyCode(text: string): Finding[] {
  const findings: Finding[] = [];
  walk(parse(text), (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      findings.push({ what: 'import() in the service worker', near: excerpt(text, node) });
    }
    if (!ts.isIdentifier(node) || !PAGE_GLOBALS.has(node.text) || !isReference(node)) return;
    if (ts.isTypeOfExpression(node.parent)) return;
    const functions = enclosingFunctions(node);
    if (isGuarded(node, functions)) return;
    const holder = functions[0]?.getText() ?? '';
    if (UNREACHED.some(({ marker }) => holder.includes(marker))) return;
    findings.push({ what: `${node.text} in the service worker`, near: excerpt(text, node) });
  });
  return findings;
}

/** Code made from text: `eval`, `Function`, timers with a string, `importScripts` of what the text does not tell. */
export function findCodeFromText(text: string): Finding[] {
  const findings: Finding[] = [];
  walk(parse(text), (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    if (!ts.isIdentifier(node.expression)) return;
    const name = node.expression.text;
    const [first] = node.arguments ?? [];
    const isNamed = node.arguments?.every(ts.isStringLiteralLike) ?? false;
    const isTimer = name === 'setTimeout' || name === 'setInterval';
    const isString = first !== undefined && ts.isStringLiteralLike(first);
    if (
      name === 'eval' ||
      name === 'Function' ||
      (name === 'importScripts' && !isNamed) ||
      (isTimer && isString)
    ) {
      findings.push({ what: `${name}() of text`, near: excerpt(text, node) });
    }
  });
  return findings;
}

/** Does the call read another script: `import()`, `importScripts()`? */
function isImportCall({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'importScripts')
  );
}

/** The addresses that a script imports, statically or not. */
export function importedAddresses(text: string): string[] {
  const addresses: string[] = [];
  walk(parse(text), (node) => {
    const from =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? [node.moduleSpecifier]
        : ts.isCallExpression(node) && isImportCall(node)
          ? node.arguments
          : [];
    for (const each of from) {
      if (each !== undefined && ts.isStringLiteralLike(each)) addresses.push(each.text);
    }
  });
  return addresses;
}

/** The addresses of the workers that a script starts, as `new Worker(new URL(address, …))` or `new Worker(address)`. */
export function startedWorkers(text: string): string[] {
  const addresses: string[] = [];
  walk(parse(text), (node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'Worker') return;
    const [file] = node.arguments ?? [];
    const [address] =
      file !== undefined && ts.isNewExpression(file) ? (file.arguments ?? []) : [file];
    if (address !== undefined && ts.isStringLiteralLike(address)) addresses.push(address.text);
  });
  return addresses;
}

/** Is it a classic script, without `import` and `export`? */
export function isClassicScript(text: string): boolean {
  return !parse(text).statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      ts.isExportAssignment(statement),
  );
}
