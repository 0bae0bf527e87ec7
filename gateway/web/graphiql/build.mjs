// Bundles GraphiQL and Monaco's workers into one folder, the only argument: everything that the page loads is then our own file.
import { build } from 'esbuild';

const outdir = process.argv[2];
const common = {
  bundle: true,
  minify: true,
  outdir,
  legalComments: 'linked',
  logLevel: 'warning',
  loader: { '.ttf': 'file', '.graphql': 'text' },
  define: { 'process.env.NODE_ENV': '"production"' },
};
await build({ ...common, format: 'esm', entryPoints: { main: 'main.js' } });
await build({
  ...common,
  format: 'iife',
  entryPoints: {
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
});
