const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const layout = (title: string, body: string): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>${escaped(title)}</title><link rel="icon" href="data:," />
    <style>body { font-family: sans-serif; margin: 2rem; max-width: 40rem }</style></head>
  <body>${body}</body>
</html>`;

type Pages = {
  readonly 'sign-in': { readonly problem?: string };
  readonly board: { readonly tasks: readonly { readonly id: string; readonly name: string; readonly state: string }[] };
  readonly search: { readonly word: string; readonly titles: readonly string[] };
};

const signIn = ({ problem }: Pages['sign-in']): string =>
  layout(
    'Sign in',
    `<h1>Sign in</h1>${problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`}
     <form method="post" action="/sign-in">
       <label>Name <input name="user" autocomplete="username" /></label>
       <label>Password <input name="password" type="password" autocomplete="current-password" /></label>
       <button>Sign in</button>
     </form>`,
  );

/** Asks for the status twice a second and shows it; a new task is made without leaving the page. */
const SCRIPT = `
  const status = document.querySelector('#status');
  const refresh = async () => {
    const { acts, open } = await (await fetch('/api/status')).json();
    status.textContent = acts + ' acts, ' + open + ' open';
  };
  setInterval(refresh, 500);
  refresh();
  document.querySelector('#new').addEventListener('submit', async (event) => {
    event.preventDefault();
    const field = event.target.elements.name;
    const answer = await fetch('/api/tasks', { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: field.value, repo: 'landing' }) });
    const task = await answer.json();
    const item = document.createElement('li');
    item.textContent = task.name + ': ' + task.state;
    item.dataset.id = task.id;
    document.querySelector('#tasks').append(item);
    field.value = '';
    await refresh();
  });
`;

const board = ({ tasks }: Pages['board']): string =>
  layout(
    'Board',
    `<h1>Board</h1><p>Live: <output id="status" data-testid="status">...</output></p>
     <form id="new"><label>New task <input name="name" required /></label> <button>Add</button></form>
     <ul id="tasks">${tasks.map(({ id, name, state }) => `<li data-id="${escaped(id)}">${escaped(name)}: ${escaped(state)}</li>`).join('')}</ul>
     <form action="/search"><label>Search <input name="q" type="search" /></label></form>
     <script>${SCRIPT}</script>`,
  );

const search = ({ word, titles }: Pages['search']): string =>
  layout(
    'Search',
    `<h1>Search</h1><p>${titles.length} found for "${escaped(word)}"</p>
     <ol data-testid="results">${titles.map((title) => `<li>${escaped(title)}</li>`).join('')}</ol>`,
  );

/** The pages of the board. */
export const pageOf = <Name extends keyof Pages>(name: Name, data: Pages[Name]): string => {
  const pages: { readonly [Key in keyof Pages]: (data: Pages[Key]) => string } = { 'sign-in': signIn, board, search };
  return pages[name](data);
};
