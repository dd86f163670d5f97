import { abandonUpload, beginUpload, finishUpload } from './actions.ts';
import { uploadFile } from './upload-file.ts';
import type { Upload, UploadProblem } from './upload-list.ts';

export type UploadEnd =
  | { readonly kind: 'done' | 'aborted' }
  | { readonly kind: 'failed'; readonly problem: UploadProblem };

/** Takes one file from the browser to a document of the course. Never throws. */
export async function runUpload(
  courseId: string,
  file: File,
  options: { readonly signal: AbortSignal; readonly onChange: (to: Partial<Upload>) => void },
): Promise<UploadEnd> {
  try {
    const begun = await beginUpload(courseId, { name: file.name, size: file.size });
    if (begun.kind === 'refused') return { kind: 'failed', problem: begun.problem };

    options.onChange({ phase: 'uploading', path: begun.path });
    const outcome = await uploadFile(file, begun.target, {
      signal: options.signal,
      onProgress: (percentage) => options.onChange({ percentage }),
    });
    if (outcome !== 'stored') {
      // Nobody waits for that, least of all where the network is away.
      void abandonUpload(begun.path).catch(() => {});
      if (outcome === 'aborted') return { kind: 'aborted' };
      return { kind: 'failed', problem: outcome === 'network' ? 'errorNetwork' : 'errorServer' };
    }

    options.onChange({ phase: 'saving', percentage: 100 });
    const finished = await finishUpload(courseId, { name: file.name, size: file.size, path: begun.path });
    return finished.kind === 'refused' ? { kind: 'failed', problem: finished.problem } : { kind: 'done' };
  } catch {
    return { kind: 'failed', problem: 'errorNetwork' };
  }
}
