export interface UploadTarget {
  readonly url: string;
  /** The user's own token: row-level security decides what they may store. */
  readonly headers: Readonly<Record<string, string>>;
}

export type UploadOutcome = 'stored' | 'aborted' | 'network' | 'refused';

/**
 * Sends a file straight to the storage, without a detour through our server. Not by `fetch`, which can't tell how much
 * of a body has been sent.
 */
export function uploadFile(
  file: File,
  target: UploadTarget,
  options: { readonly signal: AbortSignal; readonly onProgress: (percentage: number) => void },
): Promise<UploadOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', target.url);
    for (const [name, value] of Object.entries(target.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress(Math.floor((100 * event.loaded) / event.total));
    };
    request.onload = () => resolve(request.status >= 200 && request.status < 300 ? 'stored' : 'refused');
    request.onerror = () => resolve('network');
    request.onabort = () => resolve('aborted');
    options.signal.addEventListener('abort', () => request.abort(), { once: true });
    if (options.signal.aborted) return resolve('aborted');
    request.send(file);
  });
}
