/** Where the build puts the networks, below the page. */
export const addressOf = (name: string): string => new URL(`pretrained/${name}`, document.baseURI).href;
