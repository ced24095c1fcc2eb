import { at } from './entry.ts';

const content = at('content');
const schema = at('schema');

/** Reason codes of what an answer, a database or a page holds. */
export const contents = {
  'assertion-failed': content.wrong({
    title: 'A value is not what was expected',
    meaning: 'The value is there and can be compared, and does not hold what the check asks.',
    advice: 'Compare the two values in the report; then ask which of them changed last.',
  }),
  'type-mismatch': content.wrong({
    title: 'A value is of another type',
    meaning: 'The value cannot be compared with what is expected; text is never taken for a number.',
    advice: 'Look at the type in the report and correct the side that is wrong: the service or the check.',
  }),
  'value-missing': content.wrong({
    title: 'A value is not there',
    meaning: 'There is no such value in what was seen, so nothing can be said of it.',
    advice: 'Look at the answer in the report: a field was renamed, or this is not the answer that was meant.',
  }),
  'not-json': content.wrong({
    title: 'The body is not JSON',
    meaning: 'The body was expected to be JSON and cannot be read as such.',
    advice: 'Look at the body in the report: an error page, a cut answer or a log line in front.',
  }),
  'invalid-utf8': content.wrong({
    title: 'The body is not valid text',
    meaning: 'The body is not in the character set that it claims.',
    advice: 'Correct the charset in Content-Type, or the encoding of what is served.',
  }),
  'wrong-site': content.wrong({
    title: 'Another site answers here',
    meaning: 'The address works, and what it serves is not what must be served here.',
    advice: 'Look at DNS and the virtual host: a default site or another project answers for this name.',
  }),
  'table-missing': schema.wrong({
    title: 'A table is missing',
    meaning: 'The database has no such table in the schema that was looked at.',
    advice: 'Look whether the migration ran against this database, and at the search path.',
  }),
  'table-present': schema.wrong({
    title: 'A table is there that must not be',
    meaning: 'The database still has a table that must be gone.',
    advice: 'Look who still reads or writes it before it is dropped.',
  }),
  'column-missing': schema.wrong({
    title: 'A column is missing',
    meaning: 'The table is there, without a column that the check names.',
    advice: 'Look which migration adds it, and whether it ran against this database.',
  }),
  'rls-disabled': schema.wrong({
    title: 'Row-level security is off',
    meaning: 'A table that must protect its rows does not: every role that may read it reads all.',
    advice: 'Switch it on (ALTER TABLE ... ENABLE ROW LEVEL SECURITY) before the data is reachable.',
  }),
  'policy-missing': schema.wrong({
    title: 'A policy is missing',
    meaning: 'A protected table has fewer policies than it must have.',
    advice: 'Compare pg_policies with the migration that creates them.',
  }),
  'query-failed': content.wrong({
    title: 'The query failed',
    meaning: 'The database was reached and answered the query with an error.',
    advice: 'Run the query by hand with the same role; the message of the database names the cause.',
  }),
  'sql-auth': at('auth').untold({
    title: 'The database does not let us in',
    meaning: 'The role or its password was refused, so nothing was seen.',
    advice: 'Look whether the credential was rotated and the role may connect to this database.',
  }),
  'page-error': content.wrong({
    title: 'The page throws an error',
    meaning: 'The page was loaded, and a script of it failed without being caught.',
    advice: 'Open the page with the console open; the first error is the one that counts.',
  }),
  'page-csp': content.wrong({
    title: 'The page breaks its own security policy',
    meaning: 'The Content-Security-Policy blocked something that the page needs.',
    advice: 'Look what was blocked: add its source to the policy, or remove it from the page.',
  }),
  'page-request-failed': content.wrong({
    title: 'A request of the page failed',
    meaning: 'The page was loaded, and something that it asked its own site for failed.',
    advice: 'Look at the address that failed; a missing file after a deploy is the usual cause.',
  }),
};
