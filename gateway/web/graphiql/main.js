// GraphiQL over this service, with the example queries in its tabs the first time that somebody comes.
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
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
createRoot(root).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url }),
    defaultTabs: [newest, article, search, archives, topics, tables].map((query) => ({ query })),
    shouldPersistHeaders: false,
  }),
);
