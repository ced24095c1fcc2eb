import { at } from './entry.ts';

const protocol = at('protocol');
const tools = at('tool-list');
const schema = at('schema');
const content = at('content');
const freshness = at('freshness');
const quality = at('quality');

/** Reason codes of MCP servers and of the indexes behind them. */
export const indexAndMcp = {
  'mcp-protocol': protocol.wrong({
    title: 'The server does not speak MCP',
    meaning: 'What came back is not the JSON-RPC that MCP asks for.',
    advice: 'Look whether the address is the MCP endpoint; a plain HTTP tool API needs a query check instead.',
  }),
  'mcp-version': protocol.wrong({
    title: 'No common MCP version',
    meaning: 'The server offers only protocol versions that are not known here.',
    advice: 'Compare the version that the server names with those in the message; one of the two needs an update.',
  }),
  'mcp-handshake': protocol.wrong({
    title: 'The MCP session could not be opened',
    meaning: 'The server was reached, and initialisation failed.',
    advice: 'Read the log of the server at that second; configuration that fails at start shows here first.',
  }),
  'mcp-pagination': tools.wrong({
    title: 'The list of tools has no end',
    meaning: 'The server hands out cursors that repeat or never end.',
    advice: 'Look at how the server builds nextCursor; the last page must have none.',
  }),
  'mcp-server-exit': protocol.wrong({
    title: 'The MCP server ended',
    meaning: 'The server process ended before it had answered.',
    advice: 'Start it by hand with the same environment and read its stderr.',
  }),
  'mcp-stdout-noise': protocol.wrong({
    title: 'The MCP server writes other things to stdout',
    meaning: 'Lines that are no messages came over stdout, which belongs to the protocol.',
    advice: 'Send the log of the server to stderr.',
  }),
  'tool-missing': tools.wrong({
    title: 'The tool is not there',
    meaning: 'The server works, and does not list the tool that the check asks for.',
    advice: 'Compare the name with the tools in the list; a tool is often missing when its backend failed at start.',
  }),
  'tool-error': content.wrong({
    title: 'The tool failed',
    meaning: 'The call was answered with an error, of the protocol or of the tool itself.',
    advice: 'Read the text of the error, then the log of the server for the same call.',
  }),
  'schema-violation': schema.wrong({
    title: 'A declared schema is broken',
    meaning:
      'What was sent or what was answered does not fit the schema or the format that the server declares for it.',
    advice:
      'Read in the message which of the two it is; after an update of the server one side was probably forgotten.',
  }),
  'input-required': content.untold({
    title: 'The tool asks back',
    meaning: 'The tool wants input of a person before it answers, so its answer cannot be told.',
    advice: 'Call it with arguments that leave nothing open.',
  }),
  'index-missing': content.wrong({
    title: 'The index is not there',
    meaning: 'The tool says, in an error or in its text, that there is no index to search.',
    advice:
      'Build or restore the index, then look why the job that builds it did not; a health check does not see this.',
  }),
  'index-empty': content.wrong({
    title: 'The index finds nothing',
    meaning: 'Questions that must have answers were answered without an error and without a single hit.',
    advice: 'Count the documents in the index; an empty collection, a wrong filter or other embeddings give this.',
  }),
  'index-stale': freshness.wrong({
    title: 'The index is old',
    meaning: 'The build, or the document that must be found, is older than the check allows.',
    advice: 'Look at the last run of the job that builds the index, and whether its result was switched to.',
  }),
  'index-degraded': content.wrong({
    title: 'The answer does not come from the index',
    meaning: 'The tool answers as if all were well, with a fallback, sample data or a mock.',
    advice: 'Read the answer, then the log of the server: what it falls back from is the fault.',
  }),
  'index-regressed': quality.wrong({
    title: 'The index finds less than before',
    meaning: 'Questions that were answered in the baseline are not answered any more.',
    advice: 'Look at the questions that changed, and at what changed in documents, chunking or embeddings.',
  }),
  'golden-miss': quality.wrong({
    title: 'A known question has a wrong answer',
    meaning: 'The answer to a golden question lacks what it must contain, or contains what it must not.',
    advice: 'Ask the question by hand; look whether its document is in the index and its text unchanged.',
  }),
};
