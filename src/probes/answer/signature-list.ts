/** What words of an answer say of the index behind it. */
export type Condition = 'missing' | 'empty' | 'stale' | 'degraded';

/** Words by which an answer gives a condition away, whatever its status says. */
export type Signature = {
  readonly says: Condition;
  /** Matched anywhere in a text, without regard to case, on an engine that is linear in the text. */
  readonly pattern: string;
  /** A text as it was really met. */
  readonly specimen: string;
};

const missing = (pattern: string, specimen: string): Signature => ({ says: 'missing', pattern, specimen });
const empty = (pattern: string, specimen: string): Signature => ({ says: 'empty', pattern, specimen });
const stale = (pattern: string, specimen: string): Signature => ({ says: 'stale', pattern, specimen });
const degraded = (pattern: string, specimen: string): Signature => ({ says: 'degraded', pattern, specimen });

/**
 * The maintained list: messages of query tools, vector databases and frameworks, most telling condition first. An entry
 * is added when a system is met that none of them recognises; `deny:` adds patterns for one check.
 */
export const SIGNATURES: readonly Signature[] = [
  missing(String.raw`no latest index(?: was)? found`, 'No latest index found'),
  missing(
    String.raw`\bno (?:[\w-]+ ){0,2}ind(?:ex|ices|exes) (?:is |was |are |were |has been |have been )?(?:available|found|loaded|built|exists?|present|ready)`,
    'Error: no vector index available.',
  ),
  missing(String.raw`no index in (?:the )?storage context`, 'No index in storage context, check the persist_dir.'),
  missing(
    String.raw`\bind(?:ex|ices|exes)\b(?: \S{1,80}){0,4}(?: is| was| are| were| has| have)? not (?:yet )?(?:been )?(?:found|built|loaded|available|ready|created|exist|initiali[sz]ed)`,
    'Search index is not ready yet. Please try again later.',
  ),
  missing(
    String.raw`\bind(?:ex|exes|ices)\b(?: \S{1,80})? (?:does not|do not|doesn['’]t|don['’]t) exists?`,
    'The index support does not exist',
  ),
  missing(String.raw`\bind(?:ex|exes|ices) (?:is |are )?missing\b`, 'FTS indexes missing: run analyze to rebuild them'),
  missing(String.raw`\bno such index\b|\bunknown index name\b`, 'docs: no such index'),
  missing(String.raw`index_not_found`, 'index_not_found_exception'),
  missing(
    String.raw`\b(?:is|are|was|were)? ?not (?:yet )?indexed\b|\bhas not been indexed\b`,
    'Error: codebase is not indexed',
  ),
  missing(
    String.raw`\bno (?:[\w-]+ ){0,2}(?:collections?|namespaces?) (?:is |are |was |were )(?:indexed|found|available|loaded)`,
    'No document collections are indexed',
  ),
  missing(
    String.raw`\b(?:collection|namespace|class)\b.{1,120}(?:not found|doesn['’]t exists?|does not exists?|could not be found|not loaded)`,
    "Not found: Collection `support` doesn't exist!",
  ),
  missing(String.raw`\brelation .{1,120} does not exist`, 'relation "public.documents" does not exist'),
  missing(String.raw`\bno such table\b`, 'SQLITE_ERROR: no such table: chunks'),
  missing(String.raw`\b(?:offline|local) chunks not found\b`, 'Offline chunks not found'),
  missing(
    String.raw`\.(?:faiss|ann|hnsw|usearch|parquet|lance)\b.{0,40}(?:no such file|not found)`,
    'could not open index.faiss for reading: No such file or directory',
  ),
  empty(
    String.raw`\b(?:index|collection|knowledge base|vector ?store|corpus) (?:is |was )?(?:currently )?empty\b`,
    'The index is empty.',
  ),
  empty(String.raw`(?m)(?:^|[^\d.,])0 (?:documents|docs|chunks|points|vectors|embeddings)\b`, 'searched 0 documents'),
  empty(
    String.raw`\bno (?:documents|docs|chunks|points|vectors|embeddings|content) (?:have been |has been |were |was |are |is )?(?:yet )?(?:indexed|loaded|ingested|stored|embedded)`,
    'No documents have been indexed',
  ),
  empty(
    String.raw`\bgreater than number of elements in (?:the )?index 0\b`,
    'Number of requested results 10 is greater than number of elements in index 0',
  ),
  empty(String.raw`(?m)^\s*empty response\s*\.?\s*$`, 'Empty Response'),
  stale(
    String.raw`\bind(?:ex|ices|exes) (?:is|are|may be|might be) (?:stale|outdated|out[ -]of[ -]date|too old)\b`,
    'Warning: the index is out of date',
  ),
  stale(
    String.raw`\b(?:stale|outdated|out[ -]of[ -]date) (?:[\w-]+ )?(?:index|snapshot|embeddings)\b`,
    'answering from a stale index',
  ),
  degraded(String.raw`\boffline fallback\b`, 'OFFLINE FALLBACK RESULTS for "refunds"'),
  degraded(String.raw`\bfall(?:s|ing)?[ _-]?back\b|\bfell back\b|\bfallback\b`, 'Falling back to keyword search'),
  degraded(String.raw`\bmock(?:ed)?\b`, 'this is a mocked answer'),
  degraded(
    String.raw`\b(?:sample|dummy|placeholder|canned|stub(?:bed)?) (?:data|answers?|responses?|results?|documents?)\b`,
    'Here is some sample data',
  ),
  degraded(String.raw`\b(?:from cache|cached) (?:responses?|answers?|results?)\b`, 'cached response of yesterday'),
  degraded(
    String.raw`\b(?:search|retrieval|index) (?:is |was )?degraded\b|\bdegraded (?:mode|search|results?)\b`,
    'keyword search degraded',
  ),
  degraded(String.raw`\bi(?:['’]m| am) sorry\b`, "I'm sorry, something went wrong"),
];

/** Says in words that nothing was found: a whole text of this kind is no hit. */
export const NOTHING_FOUND: readonly string[] = [
  String.raw`^\s*(?:no|0|zero) (?:[\w-]+ ){0,2}(?:matches|results?|hits|documents|entries|items|records|answers?)(?: (?:were |was )?(?:found|available|returned|for .{0,200}))?(?: for .{0,200})?[.!]?\s*$`,
  String.raw`^\s*(?:nothing|none)(?: (?:was )?found)?[.!]?\s*$`,
  String.raw`^\s*(?:i |we )?(?:could not|couldn['’]t|did not|didn['’]t|cannot|can['’]t) find [^.!?]{1,200}[.!?]?\s*$`,
  String.raw`^\s*(?:not found|n/a|null|undefined|\[\s*\]|\{\s*\})\s*[.!]?\s*$`,
];

/** Says in words that the question is not answered: what a negative control must say, and what no other answer may. */
export const ABSTAINS: readonly string[] = [
  String.raw`\bi (?:do not|don['’]t) (?:know|have (?:any |enough |the |that )*(?:information|context|data|answer))`,
  String.raw`\bi(?:['’]m| am)? ?(?:not able|unable) to (?:answer|find|help)`,
  String.raw`\b(?:cannot|can['’]t|could not|couldn['’]t|unable to) (?:answer|find)\b`,
  String.raw`\bno (?:relevant |matching |such |further )?(?:information|answer|documents?|results?|context|articles?|matches) (?:\w+ ){0,3}(?:found|available|provided|returned|matched)`,
  String.raw`\bnot (?:mentioned|covered|contained|included|found|addressed|discussed) (?:in|by) (?:the|this|my|any|our)\b`,
];
