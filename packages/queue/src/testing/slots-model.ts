import type { SlotCounts } from '../slots/slots.ts';

export interface Owner {
  readonly userId: string;
  readonly limit: number;
}

export interface Course {
  readonly courseId: string;
  readonly owner: Owner;
}

/** What a test does; `expire` moves the end of a lease into the past. */
export type Operation =
  | {
      readonly kind: 'reserve';
      readonly course: Course;
      readonly generationId: string;
      readonly takeOverFrom: string | undefined;
      readonly alreadyAdmitted: boolean;
    }
  | { readonly kind: 'renew'; readonly course: Course; readonly generationId: string }
  | { readonly kind: 'release'; readonly course: Course; readonly generationId: string }
  | { readonly kind: 'expire'; readonly course: Course }
  | { readonly kind: 'limit'; readonly limit: number };

/** What came of it, without times. */
export type Result =
  | { readonly outcome: string; readonly counts?: SlotCounts; readonly generationId?: string | undefined }
  | undefined;

/** The leases as a map in memory: what the scripts must do, in the fewest words. */
export class SlotsModel {
  readonly held: Map<string, { readonly userId: string; readonly generationId: string }>;
  globalLimit: number;

  constructor(globalLimit: number, held: SlotsModel['held'] = new Map()) {
    this.globalLimit = globalLimit;
    this.held = held;
  }

  copy(): SlotsModel {
    return new SlotsModel(this.globalLimit, new Map(this.held));
  }

  /** The same text for the same state. */
  state(): string {
    return JSON.stringify([this.globalLimit, [...this.held].toSorted(([a], [b]) => a.localeCompare(b))]);
  }

  apply(operation: Operation): Result {
    if (operation.kind === 'limit') {
      this.globalLimit = operation.limit;
      return undefined;
    }
    const { courseId } = operation.course;
    if (operation.kind === 'expire') {
      this.held.delete(courseId);
      return undefined;
    }
    if (operation.kind === 'reserve') return this.#reserve(operation);
    const isHolder = this.held.get(courseId)?.generationId === operation.generationId;
    if (operation.kind === 'renew') return { outcome: isHolder ? 'renewed' : 'lost' };
    if (isHolder) this.held.delete(courseId);
    return { outcome: isHolder ? 'released' : 'not_held' };
  }

  #reserve({ course, generationId, takeOverFrom, alreadyAdmitted }: Operation & { kind: 'reserve' }): Result {
    const holder = this.held.get(course.courseId);
    if (holder?.generationId !== generationId) {
      if (holder && holder.generationId !== takeOverFrom) {
        return { outcome: 'already_running', generationId: holder.generationId, counts: this.#counts(course) };
      }
      const others = new SlotsModel(this.globalLimit, new Map([...this.held].filter(([id]) => id !== course.courseId)));
      const { userJobs, userLimit, globalJobs, globalLimit } = others.#counts(course);
      if (!alreadyAdmitted && userJobs >= userLimit) return { outcome: 'user_limit', counts: this.#counts(course) };
      if (!alreadyAdmitted && globalJobs >= globalLimit)
        return { outcome: 'global_limit', counts: this.#counts(course) };
    }
    this.held.set(course.courseId, { userId: course.owner.userId, generationId });
    return { outcome: 'reserved', counts: this.#counts(course) };
  }

  #counts({ owner }: Course): SlotCounts {
    const userJobs = [...this.held.values()].filter(({ userId }) => userId === owner.userId).length;
    return { userJobs, userLimit: owner.limit, globalJobs: this.held.size, globalLimit: this.globalLimit };
  }
}
