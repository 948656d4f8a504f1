import type { JSHandle, Page } from 'playwright';

/** A file input of the page, outside its document, that holds this file, or with `folder` everything in this folder. */
export async function given(page: Page, path: string, { folder = false } = {}): Promise<JSHandle<HTMLInputElement>> {
  const input = await page.evaluateHandle((whole) => {
    const element = document.createElement('input');
    element.type = 'file';
    element.webkitdirectory = whole;
    return element;
  }, folder);
  await input.setInputFiles(path);
  return input;
}
