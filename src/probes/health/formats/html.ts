/** Whether an answer is a web page: a login form or a fallback page where a health body was expected. */
export const isHtml = (contentType: string | undefined, body: string | undefined): boolean => {
  const start = (body ?? '').slice(0, 1024).trimStart();
  if (/^(<!doctype html|<html|<head|<body)/i.test(start)) return true;
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? '') && !/^[{[]/.test(start);
};
