import { commonFolder, exactly } from './find-specs.ts';

/** What a smoke run wants when the user has no configuration of Playwright. */
export type OwnConfig = {
  /** Absolute paths of the specs. */
  readonly files: readonly string[];
  /** Path of the browser. */
  readonly browser: string;
  /** Root cannot have the sandbox of Chromium. */
  readonly asRoot: boolean;
  /** Whether a secret is handed to the specs: then there is no trace, and fields are covered on screenshots. */
  readonly hasSecrets: boolean;
};

/** Without these, Chromium calls home, which a closed network only makes slow. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** What may have been typed into, in every frame and shadow tree: nothing of it can be read, its length included. */
const COVERED = `input, textarea, select, [contenteditable], [role=textbox], [role=searchbox], [role=combobox] {
  background: #555 !important; color: transparent !important; -webkit-text-fill-color: transparent !important;
  text-shadow: none !important; caret-color: transparent !important; }
input::placeholder, textarea::placeholder { color: transparent !important; }
[contenteditable] *, [role=textbox] * { visibility: hidden !important; }`;

/** The text of a configuration as a module: headless, evidence only of failures, and nothing written beside the specs. */
export const ownConfig = ({ files, browser, asRoot, hasSecrets }: OwnConfig): string => {
  const config = {
    testDir: commonFolder(files),
    forbidOnly: true,
    fullyParallel: false,
    updateSnapshots: 'none',
    use: {
      headless: true,
      screenshot: { mode: 'only-on-failure', ...(hasSecrets ? { style: COVERED } : {}) },
      trace: hasSecrets ? 'off' : 'retain-on-failure',
      video: 'off',
      launchOptions: {
        executablePath: browser,
        args: [...QUIET, ...(asRoot ? ['--no-sandbox'] : [])],
      },
    },
  };
  const match = `[${files.map((file) => `new RegExp(${JSON.stringify(exactly(file))})`).join(', ')}]`;
  return `export default { ...${JSON.stringify(config, null, 2)}, testMatch: ${match} };\n`;
};
