/** What the process gives to a command. */
export type World = {
  readonly environment: { readonly [name: string]: string | undefined };
  readonly workingDirectory: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
};
