// Completes what is typed into the search box, from the same API that everybody uses. The page works without it.
const box = document.querySelector('form.search input[type=search]');
const list = document.getElementById('completions');
const QUERY = 'query Complete($prefix: String!) { suggest(prefix: $prefix, first: 8) { text kind count } }';
const KINDS = { TITLE: 'article', CATEGORY: 'topic', TAG: 'tag', AUTHOR: 'author' };
const PAUSE = 120; // milliseconds after a key: quicker than a glance at the list, slower than typing
let waiting;

function option({ text, kind, count }) {
  const label = [KINDS[kind], count > 1 ? `${count} articles` : ''].filter(Boolean).join(', ');
  return Object.assign(document.createElement('option'), { value: text, label: label ? `${text} (${label})` : '' });
}

async function complete() {
  const prefix = box.value.trim();
  if (prefix.length < 2) return list.replaceChildren();
  const body = JSON.stringify({ query: QUERY, variables: { prefix } });
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { data } = await response.json();
  if (box.value.trim() === prefix) list.replaceChildren(...(data?.suggest ?? []).map(option));
}

box?.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => complete().catch(() => list.replaceChildren()), PAUSE); // a search goes on without completions
});
