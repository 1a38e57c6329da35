/** All pages of an audit, one browser a lane, until none waits. */
import { ALL_HOSTS, labelAllSites } from '../drive/labelling-progress';
import { type ExtensionSession, openExtensionSession } from '../drive/extension-session';
import { auditPage, type VisitOptions } from './audit-page';
import type { Frontier } from './crawl';
import type { PageAudit } from './page-audit';

export interface AuditRun {
  extensionDir: string;
  frontier: Frontier;
  /** Browsers at work at a time. */
  lanes: number;
  visit: VisitOptions;
  /** Told after each page, in the order in which they end. */
  onPage: (page: PageAudit) => void;
}

async function openLane(extensionDir: string): Promise<ExtensionSession> {
  const session = await openExtensionSession({ extensionDir, hostPermissions: ALL_HOSTS });
  await labelAllSites(session);
  return session;
}

/** A browser that a page has taken with it is replaced. */
async function isAlive(session: ExtensionSession): Promise<boolean> {
  return (
    session.browser.connected &&
    (await session.worker().then(
      () => true,
      () => false,
    ))
  );
}

async function runLane(run: AuditRun, busy: { lanes: number }): Promise<void> {
  const { extensionDir, frontier, visit, onPage } = run;
  let session: ExtensionSession | null = null;
  try {
    for (;;) {
      const url = frontier.next();
      if (url === null) {
        // Another lane may still find links.
        if (busy.lanes === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      busy.lanes += 1;
      try {
        session ??= await openLane(extensionDir);
        const page = await auditPage(session, url, visit);
        if (page.status === 'audited') await frontier.offer(page.links);
        onPage(page);
        if (!(await isAlive(session))) {
          await session.close();
          session = null;
        }
      } finally {
        busy.lanes -= 1;
      }
    }
  } finally {
    await session?.close();
  }
}

/** Audits the pages of a frontier, and what they lead to where it takes that. */
export async function runAudit(run: AuditRun): Promise<void> {
  const busy = { lanes: 0 };
  await Promise.all(Array.from({ length: run.lanes }, () => runLane(run, busy)));
}
