import { isAbsolute } from 'node:path';

import { build, type ResolvedConfig } from 'vite';

export interface ClassicScript {
  code: string;
  /** The files that it was made from. */
  sources: string[];
}

/** Bundles a module and all that it imports into one classic script, which has no exports. */
export async function bundleClassicScript(
  entry: string,
  { target, minify }: Pick<ResolvedConfig['build'], 'target' | 'minify'>,
): Promise<ClassicScript> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target,
      minify,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const [script] = outputs;
  if (script?.type !== 'chunk' || outputs.length > 1) {
    throw new Error(`${entry} does not make one script.`);
  }
  // The bundler's own modules have names that are no paths.
  return { code: script.code, sources: script.moduleIds.filter((id) => isAbsolute(id)) };
}
