/** What Next itself costs: `pnpm bench` compares with it. Not a route in any other build. */
export function POST(): Response {
  return new Response(null);
}
