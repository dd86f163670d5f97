/** Whether the browser's connection is encrypted: to our outermost proxy, which says so, as the web app itself speaks http. */
export function isHttps(headers: Pick<Headers, 'get'>): boolean {
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
