import type { CourseLanguage } from '@megacampus/domain/course';

/** How a model is told to write in each language: its name, and what learners expect that models get wrong. */
export const LANGUAGE_RULES: Readonly<Record<CourseLanguage, string>> = {
  ru: 'Russian (русский). Address the learner as «вы». Quotation marks «…», the dash —, the letter ё where it tells words apart.',
  en: 'English. Plain international English, sentence case in headings.',
  zh: 'Simplified Chinese (简体中文). Full-width punctuation,「」or “” for quotations, no spaces between words.',
  es: 'Spanish (español). Neutral Spanish, address the learner as «tú», opening ¿ and ¡.',
  fr: 'French (français). Address the learner as « vous », guillemets « … » with spaces inside.',
  de: 'German (Deutsch). Address the learner as „Sie“, quotation marks „…“, nouns with capitals.',
  ja: 'Japanese (日本語). Polite です・ます style, 「」for quotations, full-width punctuation.',
  ko: 'Korean (한국어). Polite 합니다 style, ordinary word spacing.',
  ar: 'Arabic (العربية). Modern Standard Arabic, written from right to left, Arabic punctuation ، ؛ ؟.',
  pt: 'Portuguese (português). Brazilian spelling, address the learner as "você".',
  it: 'Italian (italiano). Address the learner as «tu», quotation marks «…».',
  tr: 'Turkish (Türkçe). Address the learner as "siz"; mind ı/i and the vowel harmony of suffixes.',
  vi: 'Vietnamese (tiếng Việt). Full diacritics, address the learner as "bạn".',
  th: 'Thai (ภาษาไทย). Polite neutral register without ครับ/ค่ะ, spaces between clauses only.',
  id: 'Indonesian (Bahasa Indonesia). Standard Indonesian, not Malay; address the learner as "Anda".',
  ms: 'Malay (Bahasa Melayu). Standard Malaysian Malay, not Indonesian; address the learner as "anda".',
  hi: 'Hindi (हिन्दी). Devanagari script, address the learner as "आप", the danda । at the end of sentences.',
  bn: 'Bengali (বাংলা). Bengali script, address the learner as "আপনি", the danda । at the end of sentences.',
  pl: 'Polish (polski). Address the learner directly and politely, quotation marks „…”.',
};
