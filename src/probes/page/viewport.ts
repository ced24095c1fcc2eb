export type Viewport = { readonly width: number; readonly height: number };

const DEFAULT: Viewport = { width: 1280, height: 720 };
const LEAST = 200;
const MOST = 4096;

/** The window that `1280x720` means; null when a side is under 200 or over 4096 pixels. */
export const viewportOf = (text: string | undefined): Viewport | null => {
  if (text === undefined) return DEFAULT;
  const [width = 0, height = 0] = text.split('x').map(Number);
  return Math.min(width, height) >= LEAST && Math.max(width, height) <= MOST ? { width, height } : null;
};
