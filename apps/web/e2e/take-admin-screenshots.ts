import { clientFor, signUp } from '@megacampus/test-kit/users';
import type { Page } from 'playwright-core';
import type { Site } from './site.ts';
import { fillCredentials } from './steps.ts';

/** The pages of the admin, as a new admin sees them; needs a page on which nobody is signed in. */
export async function adminPages(site: Site, page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  const admin = await signUp(site.stack, 'FREE', { role: 'admin' });
  const service = clientFor(site.stack, site.stack.serviceKey);
  await page.goto('/sign-in');
  const locale = await page.locator('html').getAttribute('lang');
  await service.from('user_profiles').update({ locale }).eq('id', admin.userId);
  await service.from('system_metrics').insert([
    { event_type: 'job_rollback', severity: 'error' },
    { event_type: 'worker_timeout', severity: 'error' },
    { event_type: 'concurrency_limit_hit', severity: 'info' },
  ]);
  await fillCredentials(page, admin);
  await page.waitForURL('**/courses');
  for (const name of ['generations', 'users', 'events']) {
    await page.goto(`/admin/${name}`);
    await page.getByRole('table').first().waitFor();
    await shoot(`admin-${name}`);
  }
  await page.goto('/admin');
  await page.getByRole('textbox').waitFor();
  await shoot('admin');
  await page.goto('/admin/generations');
  await page.getByRole('table').getByRole('link').first().click();
  await page.waitForURL('**/admin/generations/*');
  await page.getByRole('heading', { level: 2 }).nth(1).waitFor();
  await shoot('admin-generation');
}
