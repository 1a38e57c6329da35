import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * A component whose code is loaded from the package when it is first shown, so that a page opens without
 * it; nothing is drawn until then.
 */
export function onDemand<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function OnDemand(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | null>(() => known);
    useEffect(() => {
      if (known !== null) return;
      // A file of the extension itself: it is missing only when the extension was just replaced.
      load().then(
        (loaded) => {
          known = loaded;
          setPart(() => loaded);
        },
        () => undefined,
      );
    }, []);
    return Part === null ? null : <Part {...props} />;
  };
}
