import { at } from './entry.ts';

const content = at('content');
const freshness = at('freshness');
const run = at('run');

/** Reason codes of files, processes and the environment. */
export const machine = {
  'file-missing': content.wrong({
    title: 'A file is missing',
    meaning: 'Nothing matches the path or pattern, or less than there must be.',
    advice: 'Look whether the step that writes it ran, and in which folder.',
  }),
  'file-present': content.wrong({
    title: 'A file is there that must not be',
    meaning: 'Something matches a pattern of which nothing may be left.',
    advice: 'Remove it; if it holds a credential, replace the credential as well.',
  }),
  'file-stale': freshness.wrong({
    title: 'A file is too old',
    meaning: 'The newest match is older than the check allows.',
    advice: 'Look at the last run of what writes it.',
  }),
  'file-mode': content.wrong({
    title: 'A file has other permissions',
    meaning: 'The mode of a file is not what the check asks.',
    advice: 'Correct it with chmod, and the step that creates the file.',
  }),
  'file-invalid': content.wrong({
    title: 'The content of a file is wrong',
    meaning: 'The file is there, and its content is broken, lacks what it must hold, or holds what it must not.',
    advice: 'Look at the line that the message names; a process that was stopped leaves half a line.',
  }),
  'file-unreadable': content.untold({
    title: 'A file or folder cannot be read',
    meaning: 'We may not read it, or could not; what is not seen proves nothing.',
    advice: 'Run with the permissions that the check needs, or leave the path out with exclude.',
  }),
  'exit-code': content.wrong({
    title: 'The command failed',
    meaning: 'The command ended with another exit code than expected.',
    advice: 'Read its stderr in the report and run it by hand.',
  }),
  signal: content.wrong({
    title: 'The command was killed',
    meaning: 'The command did not end by itself: a signal ended it.',
    advice: 'SIGKILL is often the memory limit, SIGTERM the timeout of the check.',
  }),
  'command-missing': run.untold({
    title: 'The command is not installed here',
    meaning: 'The program could not be started on this machine, so nothing was seen.',
    advice: 'Install it or correct its path; the system that it asks may be well.',
  }),
  'artifact-missing': content.wrong({
    title: 'The command left no result',
    meaning: 'The command succeeded, and a file that it must leave is not there.',
    advice: 'Look where it writes; success without a result is the kind of green to distrust.',
  }),
  'variable-missing': content.wrong({
    title: 'A variable is not set',
    meaning: 'The environment lacks a variable that must be set.',
    advice: 'Set it where the service gets its environment, then restart the service.',
  }),
  'variable-invalid': content.wrong({
    title: 'A variable has a wrong value',
    meaning: 'The variable is set, and its value does not fit; the value is never shown.',
    advice: 'Look for placeholders, spaces and quotes that came along when it was copied.',
  }),
  'browser-missing': run.untold({
    title: 'No browser is installed here',
    meaning: 'The page needs a browser that this machine does not have, so nothing was seen.',
    advice: 'Install Chromium for Playwright on this machine.',
  }),
};
