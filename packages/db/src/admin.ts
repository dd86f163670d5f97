import type { MetricEventType, Severity } from '@megacampus/domain/events';
import type { GenerationStatus } from '@megacampus/domain/steps';
import type { Tier } from '@megacampus/domain/tiers';
import { z } from 'zod';
import {
  eventCountsSchema,
  eventRowsSchema,
  generationRowsSchema,
  generationTraceSchema,
  namedUsersSchema,
  overviewSchema,
  type Role,
  userRowsSchema,
} from './admin-schemas.ts';
import type { DbClient } from './clients.ts';
import { must } from './must.ts';
import { createRpc } from './rpc.ts';

export type {
  AdminOverview,
  EventCount,
  EventRow,
  GenerationRow,
  GenerationTrace,
  Role,
  UserRow,
} from './admin-schemas.ts';

/** The last row of a page, after which the next one begins. */
export interface PageEnd {
  readonly at: string;
  readonly id: string;
}

interface Paged {
  readonly after?: PageEnd | null;
  /** At most 200. */
  readonly limit: number;
}

export interface GenerationFilter {
  /** An id, a request's id, part of an address, or beginnings of words of a title. */
  readonly search?: string | null;
  readonly status?: GenerationStatus | 'in_flight' | null;
  readonly tier?: Tier | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface EventFilter {
  readonly type?: MetricEventType | null;
  readonly severity?: Severity | null;
  readonly from?: string | null;
}

export type AdminStore = ReturnType<typeof createAdminStore>;

/**
 * What admins see and change. Every call names the admin who asks; the database checks their role with it, beside the
 * check that the server has made. @throws UnavailableFault; Fault `forbidden` for anybody else.
 */
export function createAdminStore(client: DbClient) {
  const rpc = createRpc(client);
  const page = ({ after, limit }: Paged) => ({
    p_before: after?.at ?? null,
    p_before_id: after?.id ?? null,
    p_limit: limit,
  });
  return {
    /** Whether this user is an admin now. */
    async isAdmin(userId: string): Promise<boolean> {
      const query = client.from('user_profiles').select('role').eq('id', userId);
      return must(await query.maybeSingle(), 'database')?.role === 'admin';
    },
    overview: (actor: string) => rpc('admin_overview', { p_actor: actor }, overviewSchema),
    nameUsers: (actor: string, userIds: readonly string[]) =>
      rpc('admin_name_users', { p_actor: actor, p_user_ids: userIds }, namedUsersSchema),

    listGenerations: (actor: string, filter: GenerationFilter & Paged) =>
      rpc(
        'admin_list_generations',
        {
          p_actor: actor,
          p_search: filter.search ?? null,
          p_status: filter.status ?? null,
          p_tier: filter.tier ?? null,
          p_from: filter.from ?? null,
          p_to: filter.to ?? null,
          ...page(filter),
        },
        generationRowsSchema,
      ),
    /** Null when there is no such generation. */
    loadGeneration: (actor: string, generationId: string) =>
      rpc('admin_load_generation', { p_actor: actor, p_generation_id: generationId }, generationTraceSchema.nullable()),
    noteCancel: (actor: string, generationId: string, status: GenerationStatus) =>
      rpc('admin_note_cancel', { p_actor: actor, p_generation_id: generationId, p_status: status }, z.boolean()),

    listUsers: (
      actor: string,
      filter: { readonly search?: string | null; readonly tier?: Tier | null; readonly role?: Role | null } & Paged,
    ) =>
      rpc(
        'admin_list_users',
        {
          p_actor: actor,
          p_search: filter.search ?? null,
          p_tier: filter.tier ?? null,
          p_role: filter.role ?? null,
          ...page(filter),
        },
        userRowsSchema,
      ),
    setTier: (actor: string, userId: string, tier: Tier) =>
      rpc(
        'admin_set_tier',
        { p_actor: actor, p_user_id: userId, p_tier: tier },
        z.enum(['changed', 'unchanged', 'not_found']),
      ),
    setRole: (actor: string, userId: string, role: Role) =>
      rpc(
        'admin_set_role',
        { p_actor: actor, p_user_id: userId, p_role: role },
        z.enum(['changed', 'unchanged', 'not_found', 'own_role', 'last_admin']),
      ),
    setGlobalLimit: (actor: string, limit: number) =>
      rpc('admin_set_global_limit', { p_actor: actor, p_limit: limit }, z.enum(['changed', 'unchanged'])),

    listEvents: (actor: string, filter: EventFilter & Paged) =>
      rpc('admin_list_events', { ...eventFilter(actor, filter), ...page(filter) }, eventRowsSchema),
    countEvents: (actor: string, filter: EventFilter & { readonly from: string; readonly unit: 'hour' | 'day' }) =>
      rpc('admin_count_events', { ...eventFilter(actor, filter), p_unit: filter.unit }, eventCountsSchema),
  };
}

function eventFilter(actor: string, { type, severity, from }: EventFilter) {
  return { p_actor: actor, p_type: type ?? null, p_severity: severity ?? null, p_from: from ?? null };
}
