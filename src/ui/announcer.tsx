import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';

type Announce = (message: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Says a message to listeners, politely, without showing it. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ComponentChildren }) {
  const [said, setSaid] = useState({ message: '', count: 0 });
  const announce = useCallback((message: string) => {
    setSaid(({ count }) => ({ message, count: count + 1 }));
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div class="listeners-only" role="status">
        {/* A new element each time: the same words twice are two messages. */}
        <p key={said.count}>{said.message}</p>
      </div>
    </AnnounceContext.Provider>
  );
}
