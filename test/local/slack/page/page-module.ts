/** Imports one of the page's modules, which are plain JavaScript, as what the test says it is. */
export async function pageModule<Module>(name: string): Promise<Module> {
  return import(new URL(`../../../../local/slack/page/${name}`, import.meta.url).href);
}
