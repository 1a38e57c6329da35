/** What a new permission costs: its reason belongs in README, and a line here. */
const PERMISSIONS = ['activeTab', 'contextMenus', 'offscreen', 'scripting', 'storage'];
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
  background?: { service_worker?: string; type?: string };
  action?: { default_popup?: string; default_icon?: Record<string, string> };
  options_ui?: { page?: string };
  icons?: Record<string, string>;
  content_security_policy?: { extension_pages?: string };
}

function isSame(found: readonly string[] = [], expected: readonly string[]): boolean {
  return JSON.stringify([...found].sort()) === JSON.stringify([...expected].sort());
}

/** What is wrong with the built manifest; empty where nothing is. */
export function manifestProblems(manifest: BuiltManifest): string[] {
  const problems: string[] = [];
  if (manifest.manifest_version !== 3) problems.push('manifest_version is not 3');
  if (!isSame(manifest.permissions, PERMISSIONS)) {
    problems.push(`permissions are ${String(manifest.permissions)}, not ${PERMISSIONS.join(', ')}`);
  }
  if (!isSame(manifest.optional_host_permissions, OPTIONAL_HOSTS)) {
    problems.push(`optional_host_permissions are not ${OPTIONAL_HOSTS.join(', ')}`);
  }
  for (const field of FORBIDDEN_FIELDS) {
    if (field in manifest) problems.push(`the manifest has ${field}`);
  }
  if (manifest.background?.type !== undefined) {
    problems.push('the service worker is a module: the browser keeps no compiled code of one');
  }
  if (manifest.message_serialization !== 'structured_clone') {
    problems.push('message_serialization is not structured_clone');
  }
  const scripts = /(?:^|;)\s*script-src ([^;]*)/.exec(
    manifest.content_security_policy?.extension_pages ?? '',
  )?.[1];
  if (scripts?.trim() !== "'self' 'wasm-unsafe-eval'") {
    problems.push(`script-src is ${scripts ?? 'missing'}, not 'self' 'wasm-unsafe-eval'`);
  }
  return problems;
}

/** The files that the manifest names. */
export function manifestFiles(manifest: BuiltManifest): string[] {
  return [
    manifest.background?.service_worker,
    manifest.action?.default_popup,
    manifest.options_ui?.page,
    ...Object.values(manifest.icons ?? {}),
    ...Object.values(manifest.action?.default_icon ?? {}),
  ].filter((file) => file !== undefined);
}
