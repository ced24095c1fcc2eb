import type { Client, Connection } from 'pg';

/** One statement. Own statements go in one flight; a stranger's is looked at first, and only run if it gives rows. */
export type Question = {
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly foreign: boolean;
  readonly mostRows: number;
  readonly mostBytes: number;
};

/** What came back, as text. */
export type Answer = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Whether there was more than the question allows. */
  readonly cut: boolean;
};

/** `type` is the OID of the type. */
export type Column = { readonly name: string; readonly type: number };

/** The statement gives no rows (COPY, SET, DO, COMMIT, ...), so it was not run. */
export class GivesNoRows extends Error {
  override readonly name = 'GivesNoRows';
}

type Description = { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] };
type DataRow = { readonly fields: readonly (string | null)[]; readonly length: number };

const UNNAMED = { portal: '', statement: '' };

const columnsOf = ({ fields }: Description): readonly Column[] =>
  fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));

/** The types of the library say text where its code wants a number. */
const execute = (connection: Connection, rows: number): void => {
  Reflect.apply(connection.execute, connection, [{ portal: '', rows }]);
};

const run = (connection: Connection, { values, mostRows }: Question): void => {
  connection.bind({ ...UNNAMED, values: [...values] }, true);
  connection.describe({ type: 'P', name: '' }, true);
  execute(connection, mostRows + 1);
  connection.sync();
};

/**
 * Asks over the extended protocol, which takes one statement and no second. Reads at most as much as the question
 * allows; when more came, the session is only good for being closed. Rejects with the error of the server, or
 * `GivesNoRows`.
 */
export const ask = (client: Client, question: Question): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const rows: (readonly (string | null)[])[] = [];
    let columns: readonly Column[] = [];
    let bytes = 0;
    let cut = false;
    let synced = !question.foreign;
    const answer = (): void => resolve({ columns, rows, cut });

    client.query({
      submit: (connection: Connection): void => {
        connection.parse({ name: '', text: question.text, types: [] }, true);
        if (!question.foreign) return run(connection, question);
        connection.once('noData', () => {
          if (synced) return;
          synced = true;
          connection.sync();
          reject(new GivesNoRows());
        });
        connection.describe({ type: 'S', name: '' }, true);
        return connection.flush();
      },
      handleRowDescription: (description: Description): void => {
        columns = columnsOf(description);
        if (synced) return;
        synced = true;
        run(client.connection, question);
      },
      handleDataRow: ({ fields, length }: DataRow): void => {
        bytes += length;
        cut ||= rows.length >= question.mostRows || bytes > question.mostBytes;
        if (cut) answer();
        else rows.push(fields);
      },
      handlePortalSuspended: (): void => {
        cut = true;
      },
      handleReadyForQuery: answer,
      handleError: (error: Error, connection: Connection): void => {
        reject(error);
        if (!synced) connection.sync();
      },
      handleCommandComplete: (): void => {},
      handleEmptyQuery: (): void => {},
      handleCopyInResponse: (): void => {},
      handleCopyData: (): void => {},
    });
  });
