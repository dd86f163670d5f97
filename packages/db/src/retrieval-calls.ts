import { z } from 'zod';
import { passageSchema } from './content-schemas.ts';
import type { CallOptions, Rpc } from './rpc.ts';

export interface Search {
  readonly courseId: string;
  readonly query: string;
  /** At most so many passages, and 200. */
  readonly limit: number;
  /** The query's embedding, of length 1, and the model that made it; passages with one of the same model are ranked by it too. */
  readonly embedding?: { readonly model: string; readonly vector: readonly number[] } | undefined;
}

export interface NewEmbeddings {
  readonly courseId: string;
  readonly model: string;
  /** Of one length each and of length 1 in space. */
  readonly vectors: readonly { readonly id: string; readonly vector: readonly number[] }[];
}

const unembeddedSchema = z.object({
  /** Of the course in all. */
  total: z.number().int(),
  missing: z.number().int(),
  passages: z.array(z.object({ id: z.uuid(), headingPath: z.array(z.string()), text: z.string() })),
});

const headingSchema = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  headingPath: z.array(z.string()),
  /** In characters. */
  length: z.number().int(),
});

/** Finding passages, by words and by meaning. */
export function retrievalCalls(rpc: Rpc) {
  return {
    /** Passages for a query, best first: those that share words with it and, with an embedding, those near it. */
    searchChunks({ courseId, query, limit, embedding }: Search, options?: CallOptions) {
      const { model, vector } = embedding ?? { model: null, vector: null };
      const args = { p_course_id: courseId, p_query: query, p_limit: limit, p_model: model, p_vector: vector };
      return rpc('search_chunks', args, z.array(passageSchema), options);
    },

    /** The course's passages that have no embedding of this model, at most `limit` of them. */
    listUnembedded(
      { courseId, model, limit }: { readonly courseId: string; readonly model: string; readonly limit: number },
      options?: CallOptions,
    ) {
      const args = { p_course_id: courseId, p_model: model, p_limit: limit };
      return rpc('list_unembedded', args, unembeddedSchema, options);
    },

    /** Vectors of another model or length that the course has are removed: they can be compared with none of these. */
    saveEmbeddings({ courseId, model, vectors }: NewEmbeddings, options?: CallOptions) {
      const args = { p_course_id: courseId, p_model: model, p_vectors: vectors };
      return rpc('save_embeddings', args, z.object({ saved: z.number().int() }), options);
    },

    /** Where each passage stands, in reading order, without its text. */
    listHeadings: (courseId: string, options?: CallOptions) =>
      rpc('list_headings', { p_course_id: courseId }, z.array(headingSchema), options),
  };
}
