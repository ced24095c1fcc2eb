/** What words of an answer say of the index behind it. */
export type Condition = 'missing' | 'empty' | 'stale' | 'degraded';

/** Words by which an answer gives a condition away, whatever its status says. */
export type Signature = {
  readonly says: Condition;
  /**
   * Matched anywhere in a text, without regard to case. Repetitions are bounded and unambiguous, so that no text of a
   * target makes it slow; a test holds each against texts that try.
   */
  readonly pattern: RegExp;
  /** A text as it was really met. */
  readonly specimen: string;
};

const missing = (pattern: RegExp, specimen: string): Signature => ({ says: 'missing', pattern, specimen });
const empty = (pattern: RegExp, specimen: string): Signature => ({ says: 'empty', pattern, specimen });
const stale = (pattern: RegExp, specimen: string): Signature => ({ says: 'stale', pattern, specimen });
const degraded = (pattern: RegExp, specimen: string): Signature => ({ says: 'degraded', pattern, specimen });

/**
 * The maintained list: messages of query tools, vector databases and frameworks, most telling condition first. An entry
 * is added when a system is met that none of them recognises; `deny:` adds patterns for one check.
 */
export const SIGNATURES: readonly Signature[] = [
  missing(/no latest index(?: was)? found/i, 'No latest index found'),
  missing(
    /\bno (?:[\w-]{1,40} ){0,2}ind(?:ex|ices|exes) (?:is |was |are |were |has been |have been )?(?:available|found|loaded|built|exists?|present|ready)/i,
    'Error: no vector index available.',
  ),
  missing(/no index in (?:the )?storage context/i, 'No index in storage context, check the persist_dir.'),
  missing(
    /\bind(?:ex|ices|exes)\b(?: \S{1,80}){0,4}(?: is| was| are| were| has| have)? not (?:yet )?(?:been )?(?:found|built|loaded|available|ready|created|exist|initiali[sz]ed)/i,
    'Search index is not ready yet. Please try again later.',
  ),
  missing(
    /\bind(?:ex|exes|ices)\b(?: \S{1,80})? (?:does not|do not|doesn['’]t|don['’]t) exists?/i,
    'The index support does not exist',
  ),
  missing(/\bind(?:ex|exes|ices) (?:is |are )?missing\b/i, 'FTS indexes missing: run analyze to rebuild them'),
  missing(/\bno such index\b|\bunknown index name\b/i, 'docs: no such index'),
  missing(/index_not_found/i, 'index_not_found_exception'),
  missing(/\b(?:is|are|was|were)? ?not (?:yet )?indexed\b|\bhas not been indexed\b/i, 'Error: codebase is not indexed'),
  missing(
    /\bno (?:[\w-]{1,40} ){0,2}(?:collections?|namespaces?) (?:is |are |was |were )(?:indexed|found|available|loaded)/i,
    'No document collections are indexed',
  ),
  missing(
    /\b(?:collection|namespace|class)\b.{1,120}(?:not found|doesn['’]t exists?|does not exists?|could not be found|not loaded)/i,
    "Not found: Collection `support` doesn't exist!",
  ),
  missing(/\brelation .{1,120} does not exist/i, 'relation "public.documents" does not exist'),
  missing(/\bno such table\b/i, 'SQLITE_ERROR: no such table: chunks'),
  missing(/\b(?:offline|local) chunks not found\b/i, 'Offline chunks not found'),
  missing(
    /\.(?:faiss|ann|hnsw|usearch|parquet|lance)\b.{0,40}(?:no such file|not found)/i,
    'could not open index.faiss for reading: No such file or directory',
  ),
  empty(
    /\b(?:index|collection|knowledge base|vector ?store|corpus) (?:is |was )?(?:currently )?empty\b/i,
    'The index is empty.',
  ),
  empty(/(?:^|[^\d.,])0 (?:documents|docs|chunks|points|vectors|embeddings)\b/i, 'searched 0 documents'),
  empty(
    /\bno (?:documents|docs|chunks|points|vectors|embeddings|content) (?:have been |has been |were |was |are |is )?(?:yet )?(?:indexed|loaded|ingested|stored|embedded)/i,
    'No documents have been indexed',
  ),
  empty(
    /\bgreater than number of elements in (?:the )?index 0\b/i,
    'Number of requested results 10 is greater than number of elements in index 0',
  ),
  empty(/^[ \t]{0,20}empty response[ \t.]{0,20}$/im, 'Empty Response'),
  stale(
    /\bind(?:ex|ices|exes) (?:is|are|may be|might be) (?:stale|outdated|out[ -]of[ -]date|too old)\b/i,
    'Warning: the index is out of date',
  ),
  stale(
    /\b(?:stale|outdated|out[ -]of[ -]date) (?:[\w-]{1,40} )?(?:index|snapshot|embeddings)\b/i,
    'answering from a stale index',
  ),
  degraded(/\boffline fallback\b/i, 'OFFLINE FALLBACK RESULTS for "refunds"'),
  degraded(/\bfall(?:s|ing)?[ _-]?back\b|\bfell back\b|\bfallback\b/i, 'Falling back to keyword search'),
  degraded(/\bmock(?:ed)?\b/i, 'this is a mocked answer'),
  degraded(
    /\b(?:sample|dummy|placeholder|canned|stub(?:bed)?) (?:data|answers?|responses?|results?|documents?)\b/i,
    'Here is some sample data',
  ),
  degraded(/\b(?:from cache|cached) (?:responses?|answers?|results?)\b/i, 'cached response of yesterday'),
  degraded(
    /\b(?:search|retrieval|index) (?:is |was )?degraded\b|\bdegraded (?:mode|search|results?)\b/i,
    'keyword search degraded',
  ),
  degraded(/\bi(?:['’]m| am) sorry\b/i, "I'm sorry, something went wrong"),
];

/** Says in words that nothing was found: a whole text of this kind is no hit. */
export const NOTHING_FOUND: readonly RegExp[] = [
  /^\s*(?:no|0|zero) (?:[\w-]{1,40} ){0,2}(?:matches|results?|hits|documents|entries|items|records|answers?)(?: (?:were |was )?(?:found|available|returned|for .{0,200}))?(?: for .{0,200})?[.!]?\s*$/i,
  /^\s*(?:nothing|none)(?: (?:was )?found)?[.!]?\s*$/i,
  /^\s*(?:i |we )?(?:could not|couldn['’]t|did not|didn['’]t|cannot|can['’]t) find [^.!?]{1,200}[.!?]?\s*$/i,
  /^\s*(?:not found|n\/a|null|undefined|\[\s*\]|\{\s*\})\s*[.!]?\s*$/i,
];

/** Says in words that the question is not answered: what a negative control must say, and what no other answer may. */
export const ABSTAINS: readonly RegExp[] = [
  /\bi (?:do not|don['’]t) (?:know|have (?:any |enough |the |that ){0,3}(?:information|context|data|answer))/i,
  /(?:^|\b(?:i|we|i['’]m|i am|we are) )(?:not able to|unable to|cannot|can['’]t|could not|couldn['’]t) (?:answer|find|help)\b/i,
  /(?:^|\bthere (?:is|are|was|were) )no (?:relevant |matching |such |further )?(?:information|answer|documents?|results?|context|articles?|matches)\b/i,
  /\bno (?:relevant|matching) (?:information|documents?|results?|context|articles?) (?:\w{1,40} ){0,2}(?:found|available|returned)/i,
  /\bnot (?:mentioned|covered|contained|included|found|addressed|discussed) (?:in|by) (?:the|this|my|any|our) (?:\w{1,40} ){0,2}(?:context|documents?|sources?|articles?|information|documentation)\b/i,
];
