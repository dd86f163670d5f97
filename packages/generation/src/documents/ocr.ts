import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Reads the text of pictures. */
export interface Ocr {
  read(picture: Uint8Array): Promise<string>;
  close(): Promise<void>;
}

/** Where the systems' own packages (on Debian tesseract-ocr-rus) put what tesseract knows of a language. */
const SYSTEM_DIRS = [
  '/usr/share/tesseract-ocr/5/tessdata',
  '/usr/share/tesseract-ocr/4.00/tessdata',
  '/usr/share/tessdata',
  '/usr/share/tesseract/tessdata',
  '/usr/local/share/tessdata',
  '/opt/homebrew/share/tessdata',
];
/** Russian first, for its letters are easily taken for Latin ones. */
const LANGUAGES = ['rus', 'eng'] as const;

interface LanguageData {
  readonly languages: readonly string[];
  /** tesseract.js reads all languages from one folder. */
  readonly langPath: string;
  readonly gzip: boolean;
}

/**
 * Starts what reads pictures: in Russian and English where the system has the data of both (the npm registry has that of
 * English only), else in English. Null when the optional dependencies are not installed. Nothing is downloaded.
 */
export async function openOcr(dirs: readonly string[] = SYSTEM_DIRS): Promise<Ocr | null> {
  const found = systemData(dirs) ?? packagedData();
  const tesseract = await import('tesseract.js').catch(() => null);
  if (tesseract === null || found === null) return null;
  const { languages, ...where } = found;
  // A worker that can't be started never answers; it only calls this.
  const { promise: failure, reject } = Promise.withResolvers<never>();
  failure.catch(() => undefined);
  const options = { ...where, cacheMethod: 'none', errorHandler: (cause: unknown) => reject(new Error(String(cause))) };
  const worker = await Promise.race([
    failure,
    tesseract.createWorker([...languages], tesseract.OEM.LSTM_ONLY, options),
  ]);
  return {
    read: async (picture) => (await worker.recognize(Buffer.from(picture))).data.text,
    close: async () => {
      await worker.terminate();
    },
  };
}

function systemData(dirs: readonly string[]): LanguageData | null {
  const languagesIn = (dir: string) => LANGUAGES.filter((code) => existsSync(join(dir, `${code}.traineddata`)));
  const langPath = dirs.toSorted((a, b) => languagesIn(b).length - languagesIn(a).length)[0];
  if (langPath === undefined || languagesIn(langPath).length === 0) return null;
  return { languages: languagesIn(langPath), langPath, gzip: false };
}

function packagedData(): LanguageData | null {
  try {
    const file = import.meta.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz');
    return { languages: ['eng'], langPath: dirname(fileURLToPath(file)), gzip: true };
  } catch {
    return null;
  }
}
