/** What Next costs a route that reads JSON and answers with it: `pnpm bench` compares with it. Not a route in any other build. */
export async function POST(request: Request): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-transform' };
  return new Response(JSON.stringify(await request.json()), { headers });
}
