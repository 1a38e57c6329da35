/** What package.json may say of where a project is at home, as npm defines it. */
interface ProjectPlaces {
  bugs?: string | { url?: string };
  homepage?: string;
}

/** Where people report what is wrong: the project's issues, else its home; null where it names neither, or no web address. */
export function issuesPage(project: object): string | null {
  const { bugs, homepage }: ProjectPlaces = project;
  const page = (typeof bugs === 'string' ? bugs : bugs?.url) ?? homepage ?? null;
  return page !== null && /^https?:\/\//.test(page) ? page : null;
}
