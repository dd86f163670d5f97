import type { CheckStatusResponse } from '@megacampus/domain/api';

/** A course as the list shows it. */
export interface CourseCardView {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly createdAt: string;
  readonly documents: number;
  readonly status: CheckStatusResponse['currentGenerationStatus'];
  /** 0–100, of a generation in flight. */
  readonly percentage: number;
  /** There is a finished version to read. */
  readonly isReadable: boolean;
}
