import type { CaseResult } from './result.ts';
import { toTable } from './result.ts';

/** The report that is kept with the repository. */
export function toReport(engine: string, results: readonly CaseResult[], date: string): string {
  return `# Evaluation: ${engine}

Made by \`pnpm eval --report\` on ${date}; made again, not edited. Each case runs in a process of its own, so that its
memory is its own. Nothing here is judged by a model.

${toTable(results)}

- **gates**: checks passed of all checks, over the analysis, the outline, every lesson and the summary
  (\`packages/generation/src/gates/course.ts\`). They include those that otherwise only hold back what a model wrote.
- **headings**: of the headings in the documents, those under which a lesson cites a passage. – without headings.
- **citations**: of the quotations, those that stand character for character in the passage they name. – without documents.
- **repeated**: of all runs of six words in the lessons, those that stood in the course before.
- **seconds**: reading the documents and making the course, one lesson after another. **peak MB**: of the whole process.

The books are The Debian Administrator's Handbook in both languages (\`packages/generation/fixtures/books\`), written as each
format. Passages that say what others have said are left out of a course, and a lesson shows what fits its duration.

## Gates that were not passed

${failures(results)}
`;
}

const MOST_LISTED = 8;

function failures(results: readonly CaseResult[]): string {
  const lists = results
    .filter(({ failed }) => failed.length > 0)
    .map(({ name, failed }) => {
      const listed = failed.slice(0, MOST_LISTED).map((text) => `- ${text.replace(/\s+/g, ' ').slice(0, 200)}`);
      const more = failed.length > MOST_LISTED ? [`- and ${failed.length - MOST_LISTED} more`] : [];
      return `**${name}**\n\n${[...listed, ...more].join('\n')}`;
    });
  return lists.length === 0 ? 'None.' : lists.join('\n\n');
}
