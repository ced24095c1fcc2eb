import { expect, test } from '@playwright/test';

const url = process.env['BOARD_URL'] ?? '';
const password = process.env['BOARD_PASSWORD'] ?? '';
const name = `smoke ${process.env['RUN_ID'] ?? 'by hand'}`;

test.beforeEach(async ({ page }) => {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Name').fill('smoke');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Board' })).toBeVisible();
});

/** By a session of its own: a test may have signed out. */
test.afterEach(async ({ playwright }) => {
  const api = await playwright.request.newContext({ baseURL: url });
  const answer = await api.post('/api/session', { data: { user: 'smoke', password } });
  const { token }: { token: string } = await answer.json();
  const headers = { authorization: `Bearer ${token}` };
  const { tasks }: { tasks: { id: string; name: string }[] } = await (await api.get('/api/tasks', { headers })).json();
  for (const { id } of tasks.filter((task) => task.name === name)) await api.delete(`/api/tasks/${id}`, { headers });
  await api.dispose();
});

test('the live status is there after signing in', async ({ page }) => {
  await expect(page.getByTestId('status')).toHaveText(/^\d+ acts, \d+ open$/);
});

test('a new task appears, and the live status counts it', async ({ page }) => {
  const status = page.getByTestId('status');
  const acts = async (): Promise<number> => Number.parseInt((await status.textContent()) ?? '', 10);
  await expect(status).toHaveText(/^\d+ acts/);
  const before = await acts();
  await page.getByLabel('New task').fill(name);
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveText(`${name}: new`);
  // Others act as well, so that it may have grown by more than one.
  await expect.poll(acts, { message: 'acts in the live status' }).toBeGreaterThan(before);
});

test('a wrong password is refused', async ({ page }) => {
  await page.context().clearCookies();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Name').fill('smoke');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('Wrong name or password');
});
