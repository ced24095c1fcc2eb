import { at, type CatalogueEntry } from './entry.ts';

const run = at('run');

const skipped: CatalogueEntry = {
  title: 'A credential is not there',
  meaning: 'A secret or variable that the check requires is not set, so it was left out.',
  advice: 'Set what the message names, in the environment or as a file, and run again.',
  layer: 'run',
  transient: false,
  outcome: 'skipped',
};

const blocked: CatalogueEntry = {
  title: 'Something that it needs is not good',
  meaning: 'A check that this one needs did not pass, so looking would have told nothing.',
  advice: 'Repair the check that blocks it; this one is then looked at again.',
  layer: 'run',
  transient: false,
  outcome: 'blocked',
};

/** Reason codes of the run itself and of what only people can attest: we cannot tell. */
export const running = {
  'missing-credential': skipped,
  'needs-failed': blocked,
  'deadline-exceeded': run.untold({
    title: 'The time of the run was over',
    meaning: 'The deadline of the whole run came before this check was settled.',
    advice: 'Look which check took the time; raise the deadline only when all of them were quick.',
  }),
  cancelled: run.untold({
    title: 'The run was stopped',
    meaning: 'The run was interrupted before this check was settled.',
    advice: 'Run it again and let it end.',
  }),
  'nothing-asserted': run.untold({
    title: 'The check asks nothing',
    meaning: 'The look succeeded, and not a single expectation was held against it.',
    advice: 'Give the check an expectation: without one it proves nothing.',
  }),
  'control-failed': run.untold({
    title: 'We cannot see the network from here',
    meaning: 'The control targets fail as well, so the fault is probably on our side.',
    advice: 'Check the network, DNS and proxy of this machine, then run again.',
  }),
  'probe-crashed': run.untold({
    title: 'The probe itself failed',
    meaning: 'Our own code failed while looking; this says nothing of the target.',
    advice: 'Run it again with --verbose, and report the error with its stack.',
  }),
  'not-run': run.untold({
    title: 'It was not looked at',
    meaning:
      'The run ended before this check began, it may not be looked at now, or what it looks at (a history) is not there.',
    advice: 'Read in the message what was in the way, and run it again without that.',
  }),
  'sign-off-missing': run.untold({
    title: 'A sign-off is missing',
    meaning: 'Nobody has attested this item yet.',
    advice: 'Ask its owner, who can sign for it.',
  }),
  'sign-off-expired': run.untold({
    title: 'A sign-off has expired',
    meaning: 'The item was attested too long ago.',
    advice: 'Ask its owner to look again and sign anew.',
  }),
  'sign-off-lapsed': run.untold({
    title: 'What was signed has changed',
    meaning: 'The item or its evidence is not the same as when it was attested.',
    advice: 'Show the owner what changed and ask to sign anew.',
  }),
  'decision-open': run.untold({
    title: 'A decision is open',
    meaning: 'None of the options has been chosen yet.',
    advice: 'Ask its owner to decide, and to record the choice.',
  }),
  'quorum-missing': run.untold({
    title: 'Too few have signed',
    meaning: 'Fewer people have attested this item than it needs.',
    advice: 'Ask those who are left in the message.',
  }),
};
