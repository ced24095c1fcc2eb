/** What a smoke run wants when the user has no configuration of Playwright. */
export type OwnConfig = {
  /** Absolute. */
  readonly folder: string;
  readonly globs: readonly string[];
  readonly browser: string;
  readonly asRoot: boolean;
  /** Whether a trace may be kept: it would hold what was typed and sent. */
  readonly trace: boolean;
};

/** Without these, Chromium calls home, which a closed network only makes slow. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** The text of a configuration as a module: headless, evidence only of failures. */
export const ownConfig = ({ folder, globs, browser, asRoot, trace }: OwnConfig): string => {
  const config = {
    testDir: folder,
    testMatch: globs.map((glob) => `**/${glob.replace(/^\.\//, '')}`),
    forbidOnly: true,
    fullyParallel: false,
    use: {
      headless: true,
      screenshot: 'only-on-failure',
      trace: trace ? 'retain-on-failure' : 'off',
      video: 'off',
      launchOptions: {
        executablePath: browser,
        args: [...QUIET, ...(asRoot ? ['--no-sandbox'] : [])],
      },
    },
  };
  return `export default ${JSON.stringify(config, null, 2)};\n`;
};
