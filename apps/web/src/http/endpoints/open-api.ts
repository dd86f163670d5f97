import type { Deps } from '../../deps.ts';
import { json } from '../json.ts';
import { describeApi } from '../open-api/document.ts';
import type { Call } from '../route.ts';

/** GET /api/openapi.json */
export async function openApi(_call: Call, deps: Deps): Promise<Response> {
  return json(describeApi(deps.env.APP_VERSION), { headers: { 'cache-control': 'public, max-age=300' } });
}
