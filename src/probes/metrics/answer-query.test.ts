import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerQuery } from './answer-query.ts';
import type { MetricAnswer } from './answer.ts';
import { type Exposition, readExposition } from './exposition.ts';
import type { Format } from './format.ts';
import { readQuery } from './selector.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'tests', 'fixtures', 'metrics');

const read = async (text: string, format: Format = 'prometheus'): Promise<Exposition> => {
  const reading = await readExposition(
    text,
    format,
    () => true,
    async () => {},
  );
  if (!reading.ok) throw new Error(`line ${reading.line}: ${reading.problem}`);
  return reading.exposition;
};

const recorded = (name: string): Promise<Exposition> =>
  read(readFileSync(join(FIXTURES, name), 'utf8'), name.includes('openmetrics') ? 'openmetrics' : 'prometheus');

const answer = (text: string, exposition: Exposition): MetricAnswer => {
  const asked = readQuery(text);
  if (!asked.ok) throw new Error(asked.problem);
  return answerQuery(asked.query, exposition);
};

const found = (value: number | string): MetricAnswer => ({ value, trouble: null });

describe('what real servers expose', () => {
  test.each([
    ['prometheus-2.42.txt', 31, 96],
    ['node-exporter-1.5.txt', 18, 81],
    ['python-client-0.16.openmetrics.txt', 18, 52],
  ])('%s is read whole', async (name, families, series) => {
    expect(await recorded(name)).toMatchObject({ families, series });
  });

  test.each([
    ['prometheus-2.42.txt', 'prometheus_ready', 1],
    ['prometheus-2.42.txt', 'prometheus_http_requests_total{code=~"2..",handler="/metrics"}', 4],
    ['prometheus-2.42.txt', 'process_virtual_memory_max_bytes', 1.8446744073709552e19],
    ['prometheus-2.42.txt', 'sum(net_conntrack_dialer_conn_failed_total)', 0],
    ['prometheus-2.42.txt', 'quantile(0.5, go_gc_duration_seconds)', 0.000128601],
    ['prometheus-2.42.txt', 'quantile(0.5, prometheus_http_request_duration_seconds)', 0.05],
    ['node-exporter-1.5.txt', 'count(node_cpu_seconds_total{mode="idle"})', 2],
    ['node-exporter-1.5.txt', 'min(node_scrape_collector_success{collector=~"cpu|meminfo"})', 1],
    ['node-exporter-1.5.txt', 'max(node_filesystem_readonly)', 0],
    ['python-client-0.16.openmetrics.txt', 'orders_placed_total{shop="landing",payment="card"}', 42],
    ['python-client-0.16.openmetrics.txt', 'orders_placed_total{shop="quote \\"x\\" \\\\ back\\nline"}', 1],
    ['python-client-0.16.openmetrics.txt', 'deploy_state{deploy_state="running"}', 1],
    ['python-client-0.16.openmetrics.txt', 'build_info{version=~"3\\\\..*"}', 1],
  ])('%s: %s', async (name, text, value) => {
    expect(answer(text, await recorded(name))).toEqual(found(value));
  });

  test('a summary without observations is NaN, and not missing', async () => {
    const text = 'quantile(0.99, prometheus_engine_query_duration_seconds{slice="queue_time"})';
    expect(answer(text, await recorded('prometheus-2.42.txt'))).toEqual({
      value: 'NaN',
      trouble: 'the quantile 0.99 of prometheus_engine_query_duration_seconds is NaN, which is no number to compare',
    });
  });
});

describe('what is no number', () => {
  test.each([
    ['a', 'NaN', 'a is NaN, which is no number to compare'],
    ['b{c="d"}', '+Inf', 'b{c="d"} is +Inf, which is no number to compare'],
    ['b{c="e"}', '-Inf', 'b{c="e"} is -Inf, which is no number to compare'],
    ['max(b)', '+Inf', 'b{c="d"} is +Inf, which is no number to compare'],
    ['max(n)', 'NaN', 'n{c="e"} is NaN, which is no number to compare'],
    ['sum(n)', 'NaN', 'n{c="e"} is NaN, which is no number to compare'],
    [
      'n',
      'several series',
      '2 series of n fit: {c="d"}, {c="e"}; name one, or write sum(), max(), min() or count() around it',
    ],
  ])('%s is a text that no comparison takes for one: %s', async (text, value, trouble) => {
    const exposition = await read('a NaN\nb{c="d"} +Inf\nb{c="e"} -Inf\nn{c="d"} 1\nn{c="e"} NaN\n');
    expect(answer(text, exposition)).toEqual({ value, trouble });
  });
});

describe('what is missing', () => {
  const TEXT = 'requests_total{code="200"} 5\nrequests_total{code="500"} 0\n';

  test.each([
    ['requests', 'there is no metric requests among 1 names; did you mean requests_total?'],
    ['request_total', 'there is no metric request_total among 1 names; did you mean requests_total?'],
    ['count(request_total)', 'there is no metric request_total among 1 names; did you mean requests_total?'],
    ['quantile(0.5, latency)', 'there is no metric latency among 1 names'],
    ['requests_total{code="404"}', 'no series of requests_total fits, of 2: {code="200"}, {code="500"}'],
    ['sum(requests_total{code="404"})', 'no series of requests_total fits, of 2: {code="200"}, {code="500"}'],
    [
      'requests_total{cod="200"}',
      'no series of requests_total fits, of 2: {code="200"}, {code="500"}; none has a label cod',
    ],
    [
      'count(requests_total{cod="200"})',
      'no series of requests_total fits, of 2: {code="200"}, {code="500"}; none has a label cod',
    ],
  ])('%s has no value, and the reason says what is there', async (text, trouble) => {
    expect(answer(text, await read(TEXT))).toEqual({ trouble });
  });

  test('a count of none is 0 where every name is right', async () => {
    expect(answer('count(requests_total{code="404"})', await read(TEXT))).toEqual(found(0));
  });
});
