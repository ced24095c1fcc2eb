import { UsageError } from '../model/fault.ts';
import { closest } from '../model/suggest.ts';
import { REPORT_FORMATS, type ReportFormat } from '../report/registry.ts';

/** A report that was asked for: to a file, or to stdout when the path is null. */
export type ReportRequest = { readonly format: ReportFormat; readonly path: string | null };

const isFormat = (name: string): name is ReportFormat => REPORT_FORMATS.some((format) => format === name);

const parse = (text: string): ReportRequest => {
  const at = text.indexOf('=');
  const format = at === -1 ? text : text.slice(0, at);
  const path = at === -1 ? null : text.slice(at + 1);
  if (!isFormat(format)) {
    const near = closest(format, REPORT_FORMATS);
    const hint = near === null ? `the formats are ${REPORT_FORMATS.join(', ')}` : `did you mean "${near}"?`;
    throw new UsageError(`there is no report format "${format}"`, hint);
  }
  if (path === '')
    throw new UsageError(`--report ${text} names no file`, `for example --report ${format}=report.${format}`);
  return { format, path };
};

/**
 * Reads `--report FORMAT[=PATH]`. The console report goes to stdout unless another format was given that place:
 * stdout carries one report and nothing else. Throws `UsageError`.
 */
export const parseReportRequests = (texts: readonly string[]): readonly ReportRequest[] => {
  const requests = texts.map(parse);
  const onStdout = requests.filter(({ path }) => path === null);
  const [first, second] = onStdout;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      `two reports cannot share stdout: ${first.format} and ${second.format}`,
      `give one of them a file: --report ${second.format}=PATH`,
    );
  }
  return first === undefined ? [{ format: 'console', path: null }, ...requests] : requests;
};
