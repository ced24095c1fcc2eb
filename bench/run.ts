// `npm run bench` runs every benchmark; `npm run bench -- start load` runs those.
const BENCHMARKS: readonly string[] = ['start', 'load', 'hostile', 'fidelity'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : BENCHMARKS) await import(`./${name}.ts`);
