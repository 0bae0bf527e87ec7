// GraphiQL over this service, with the example queries in its tabs the first time that somebody comes.
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { parse } from 'graphql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

import archives from './examples/archives.graphql';
import article from './examples/article.graphql';
import newest from './examples/newest.graphql';
import search from './examples/search.graphql';
import tables from './examples/tables.graphql';
import topics from './examples/topics.graphql';

const WORKERS = { json: 'json.worker.js', graphql: 'graphql.worker.js' };
globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(new URL(WORKERS[label] ?? 'editor.worker.js', import.meta.url)),
};

const root = document.getElementById('root');
const url = new URL(root.dataset.endpoint, location.href).href;
const ask = createGraphiQLFetcher({ url });

// The name of the operation to run, unless the document has a single one of another name: for a moment after a switch of tabs GraphiQL
// still says the former tab's.
function operationName({ query, operationName }) {
  try {
    const operations = parse(query).definitions.filter(({ kind }) => kind === 'OperationDefinition');
    return operations.length === 1 && operations[0].name?.value !== operationName ? undefined : operationName;
  } catch {
    return operationName; // the service says what is wrong with the document
  }
}

createRoot(root).render(
  createElement(GraphiQL, {
    fetcher: (asked, options) => ask({ ...asked, operationName: operationName(asked) }, options),
    defaultTabs: [newest, article, search, archives, topics, tables].map((query) => ({ query })),
    shouldPersistHeaders: false,
  }),
);
