// Completes what is typed into the search box, from the same API that everybody uses. The page works without it.
const box = document.querySelector('form.search input');
const list = document.getElementById('completions');
const QUERY = 'query ($prefix: String!) { suggest(prefix: $prefix, first: 8) { text } }';
let waiting;

async function complete() {
  const prefix = box.value.trim();
  if (prefix.length < 2) return list.replaceChildren();
  const body = JSON.stringify({ query: QUERY, variables: { prefix } });
  const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { data } = await response.json();
  const options = (data?.suggest ?? []).map(({ text }) => Object.assign(document.createElement('option'), { value: text }));
  if (box.value.trim() === prefix) list.replaceChildren(...options);
}

box?.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(complete, 120);
});
