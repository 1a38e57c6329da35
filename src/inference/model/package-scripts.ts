/** As much of Trusted Types as is used: the libraries' types do not have them yet. */
interface ScriptPolicies {
  createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => unknown;
}

/**
 * The manifest asks that nothing but what passed a policy becomes a script or markup
 * (`require-trusted-types-for`). This is the policy: scripts are files of the package; markup and code in
 * texts have no rule, so there are none. Call once in each context that starts workers or imports scripts,
 * before the first.
 */
export function allowPackageScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: ScriptPolicies };
  trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      const { origin, href } = new URL(address, location.href);
      if (origin !== location.origin) throw new TypeError('Not a script of the package.');
      return href;
    },
  });
}
