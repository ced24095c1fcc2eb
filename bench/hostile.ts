// What this prober and others make of every hostile behaviour of tests/hostile. Run with `npm run bench:hostile`, or
// with names of behaviours or rows behind it (`H4`, `gzip`) for a part. Prints Markdown.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholeTarget, type Behaviour } from '../tests/hostile/behaviour.ts';
import { runLooker } from '../tests/hostile/run-looker.ts';
import { newStage, type Stage } from '../tests/hostile/stage.ts';
import { families } from '../tests/hostile/table.ts';
import { makeBlackbox } from './hostile-blackbox.ts';
import { makeCheckHttp, makeCurl } from './hostile-commands.ts';
import { makeFetch } from './hostile-node.ts';
import type { Exhibit, Finding, Peer } from './hostile-peer.ts';
import { behaviourTable, familyTable, summaryTable, type Row } from './hostile-table.ts';

const OURS = 'gonogo';
const wanted = process.argv.slice(2).filter((argument) => argument !== 'hostile');

const isWanted = ({ name, row }: Behaviour): boolean =>
  wanted.length === 0 || wanted.some((part) => name.includes(part) || row === part);

const openPeers = async (folder: string, stage: Stage): Promise<readonly Peer[]> => {
  const { cert } = await stage.authority();
  const peers = [makeCurl(folder), await makeBlackbox(folder, cert), makeCheckHttp(folder)];
  for (const [at, name] of ['curl', 'blackbox_exporter', 'check_http'].entries()) {
    if (peers[at] === null) console.log(`(${name} is not installed: left out)`);
  }
  return [...peers.filter((peer) => peer !== null), await makeFetch(folder, cert)];
};

const ourFindings = async (behaviours: readonly Behaviour[]): Promise<ReadonlyMap<string, Finding>> => {
  const stage = newStage();
  try {
    const { looked } = await runLooker(behaviours, stage);
    const findings = [...looked].map(([name, { seen, peakMib }]) => {
      const healthy = seen.outcome === 'pass' || seen.outcome === 'warn';
      return [name, { healthy, ms: seen.durationMs, peakMib }] as const;
    });
    return new Map(findings);
  } finally {
    await stage.close();
  }
};

const rowOf = async (
  family: string,
  behaviour: Behaviour,
  peers: readonly Peer[],
  stage: Stage,
  ours: ReadonlyMap<string, Finding>,
): Promise<Row> => {
  const exhibit: Exhibit = { behaviour, target: wholeTarget(await behaviour.open(stage)) };
  const findings = new Map<string, Finding | null>([[OURS, ours.get(behaviour.name) ?? null]]);
  for (const peer of peers) findings.set(peer.name, await peer.look(exhibit));
  return { family, behaviour, findings };
};

const folder = mkdtempSync(join(tmpdir(), 'gonogo-hostile-'));
const stage = newStage();
const chosen = Object.entries(families).flatMap(([family, all]) =>
  all.filter(isWanted).map((behaviour) => ({ family, behaviour })),
);
const peers = await openPeers(folder, stage);
try {
  const ours = await ourFindings(chosen.map(({ behaviour }) => behaviour));
  const rows: Row[] = [];
  for (const { family, behaviour } of chosen) rows.push(await rowOf(family, behaviour, peers, stage, ours));
  const tools = [OURS, ...peers.map(({ name }) => name)];
  console.log(`${familyTable(families)}\n\n${summaryTable(rows, tools)}\n\n${behaviourTable(rows, tools)}`);
} finally {
  await Promise.all(peers.map((peer) => peer.close()));
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
}
