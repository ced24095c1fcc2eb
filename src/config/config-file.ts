/** The file that a command reads where none is named. */
export const CONFIG_FILE = 'gonogo.yaml';
