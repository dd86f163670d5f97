import { type Activity, activitySchema, type IncidentKind, type Pace, paceSchema } from '@megacampus/domain/api';
import type { Stage } from '@megacampus/domain/steps';
import { z } from 'zod';
import type { CallOptions, Rpc } from './rpc.ts';

export interface Incident {
  readonly generationId: string;
  readonly kind: IncidentKind;
  readonly stage: Stage;
  /** From 1. */
  readonly attempt: number;
}

/** For the log that a generation's owner sees. */
export function activityCalls(rpc: Rpc) {
  return {
    /** False when the generation is gone, or has its fill of them. */
    recordIncident({ generationId, kind, stage, attempt }: Incident): Promise<boolean> {
      const args = { p_generation_id: generationId, p_kind: kind, p_stage: stage, p_attempt: attempt };
      return rpc('record_incident', args, z.boolean());
    },

    /** Null when the course has no generation. */
    loadActivity(courseId: string, options?: CallOptions): Promise<Activity | null> {
      return rpc('load_activity', { p_course_id: courseId }, activitySchema.nullable(), options);
    },

    /** Null when none has been completed yet. */
    loadPace(options?: CallOptions): Promise<Pace | null> {
      return rpc('load_course_pace', {}, paceSchema.nullable(), options);
    },
  };
}
