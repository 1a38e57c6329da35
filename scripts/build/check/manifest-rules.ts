import type { Target } from '../../manifest/targets';

/** What a new permission costs: its reason belongs in README, and a line here. */
const PERMISSIONS: Record<Target, readonly string[]> = {
  chromium: ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'storage'],
  firefox: ['activeTab', 'menus', 'scripting', 'storage'],
};
const OPTIONAL_HOSTS = ['http://*/*', 'https://*/*'];

/** Fields that would give the extension more than it says, or the web a way in. */
const FORBIDDEN_FIELDS = [
  'web_accessible_resources',
  'externally_connectable',
  'host_permissions',
  'optional_permissions',
  'content_scripts',
  'update_url',
  'key',
];

export interface BuiltManifest {
  manifest_version?: number;
  default_locale?: string;
  permissions?: string[];
  optional_host_permissions?: string[];
  message_serialization?: string;
  minimum_chrome_version?: string;
  background?: { service_worker?: string; scripts?: string[]; type?: string };
  browser_specific_settings?: {
    gecko?: {
      id?: string;
      strict_min_version?: string;
      data_collection_permissions?: { required?: string[]; optional?: string[] };
    };
  };
  action?: { default_popup?: string; default_icon?: Record<string, string> };
  options_ui?: { page?: string };
  icons?: Record<string, string>;
  content_security_policy?: { extension_pages?: string };
}

function isSame(found: readonly string[] = [], expected: readonly string[]): boolean {
  return JSON.stringify([...found].sort()) === JSON.stringify([...expected].sort());
}

/** What a target's browser alone asks of the manifest. */
const OF_TARGET: Record<Target, (manifest: BuiltManifest) => string[]> = {
  chromium({ background, message_serialization, minimum_chrome_version }) {
    const problems: string[] = [];
    if (background?.service_worker === undefined) problems.push('there is no service worker');
    if (minimum_chrome_version === undefined) problems.push('minimum_chrome_version is missing');
    if (message_serialization !== 'structured_clone') {
      problems.push('message_serialization is not structured_clone');
    }
    return problems;
  },
  firefox({ background, browser_specific_settings, ...others }) {
    const problems: string[] = [];
    const { id, strict_min_version, data_collection_permissions } =
      browser_specific_settings?.gecko ?? {};
    if (background?.scripts === undefined) problems.push('there is no event page');
    if (background?.service_worker !== undefined) {
      problems.push('a service worker, which Firefox does not run');
    }
    if (id === undefined) problems.push('gecko.id is missing');
    if (strict_min_version === undefined) problems.push('gecko.strict_min_version is missing');
    const { required, optional } = data_collection_permissions ?? {};
    if (!isSame(required, ['none']) || optional !== undefined) {
      problems.push('gecko.data_collection_permissions is not none');
    }
    for (const field of ['minimum_chrome_version', 'message_serialization'] as const) {
      if (others[field] !== undefined) problems.push(`${field} is for Chromium alone`);
    }
    return problems;
  },
};

/** What is wrong with the built manifest; empty where nothing is. */
export function manifestProblems(manifest: BuiltManifest, target: Target): string[] {
  const problems: string[] = [];
  const permissions = PERMISSIONS[target];
  if (manifest.manifest_version !== 3) problems.push('manifest_version is not 3');
  if (!isSame(manifest.permissions, permissions)) {
    problems.push(`permissions are ${String(manifest.permissions)}, not ${permissions.join(', ')}`);
  }
  problems.push(...OF_TARGET[target](manifest));
  if (!isSame(manifest.optional_host_permissions, OPTIONAL_HOSTS)) {
    problems.push(`optional_host_permissions are not ${OPTIONAL_HOSTS.join(', ')}`);
  }
  for (const field of FORBIDDEN_FIELDS) {
    if (field in manifest) problems.push(`the manifest has ${field}`);
  }
  if (manifest.background?.type !== undefined) {
    problems.push('the service worker is a module: the browser keeps no compiled code of one');
  }
  const scripts = /(?:^|;)\s*script-src ([^;]*)/.exec(
    manifest.content_security_policy?.extension_pages ?? '',
  )?.[1];
  if (scripts?.trim() !== "'self' 'wasm-unsafe-eval'") {
    problems.push(`script-src is ${scripts ?? 'missing'}, not 'self' 'wasm-unsafe-eval'`);
  }
  return problems;
}

/** The scripts of the background. */
export function backgroundScripts({ background }: BuiltManifest): string[] {
  return [background?.service_worker, ...(background?.scripts ?? [])].filter(
    (file) => file !== undefined,
  );
}

/** The files that the manifest names. */
export function manifestFiles(manifest: BuiltManifest): string[] {
  return [
    ...backgroundScripts(manifest),
    manifest.action?.default_popup,
    manifest.options_ui?.page,
    ...Object.values(manifest.icons ?? {}),
    ...Object.values(manifest.action?.default_icon ?? {}),
  ].filter((file) => file !== undefined);
}
